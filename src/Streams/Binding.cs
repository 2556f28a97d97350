using System.Net;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Streams;

/// <summary>A listener whose connections a stream is given: what <see cref="SocketSource.Listen"/>
/// materializes.</summary>
public sealed class Binding
{
    private readonly ListeningSocket _listener;

    internal Binding(ListeningSocket listener) => _listener = listener;

    /// <summary>Where it listens, with the port that was taken.</summary>
    public EndPoint EndPoint => _listener.EndPoint;

    /// <summary>The listener's authority, for messages to <c>Handle.Socket</c>: it is owned like any other, and may be
    /// released; the stream ends then.</summary>
    public SocketHandle Handle => _listener.Handle;

    /// <summary>Completes when the listener is closed.</summary>
    public Task<SocketResult> Closed => _listener.Closed;

    /// <summary>Closes the listener: the stream is given what was offered to it by then, and completes.</summary>
    public Task UnbindAsync() => _listener.DisposeAsync().AsTask();
}
