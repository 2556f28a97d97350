using System.Net;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff;

/// <summary>A listener that code outside actors owns. Disposing it closes it; its connections live on.</summary>
public sealed class ListeningSocket : IAsyncDisposable
{
    private readonly Anchor _anchor;

    internal ListeningSocket(Anchor anchor, Listening listening, Task<SocketResult> closed)
    {
        _anchor = anchor;
        Closed = closed;
        Handle = listening.Handle;
        EndPoint = listening.EndPoint;
    }

    /// <summary>The owner's authority, for messages to <c>Handle.Socket</c>.</summary>
    public SocketHandle Handle { get; }

    /// <summary>Where it listens, with the port that was taken.</summary>
    public EndPoint EndPoint { get; }

    /// <summary>Completes when the listener is closed.</summary>
    public Task<SocketResult> Closed { get; }

    // As disposing, for who does not wait for the end.
    internal void End()
    {
        TellEnd();
        _anchor.Retire();
    }

    /// <summary>Closes the listener.</summary>
    public async ValueTask DisposeAsync()
    {
        TellEnd();
        await Closed;
        _anchor.Stop();
    }

    // Nobody is there to be told once it has ended.
    private void TellEnd()
    {
        if (!Closed.IsCompleted) Handle.Socket.Tell(new Close(Handle), _anchor.Self);
    }
}
