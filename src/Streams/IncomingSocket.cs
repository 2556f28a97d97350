using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Messages;

namespace Handoff.Streams;

/// <summary>
/// A connection that a stream was given: accepted by its listener, or released to it. It is whoever's takes it out of
/// the stream, and lives on when that stream ends. One that stages drop before anybody asked for its
/// <see cref="Socket"/> is reset when it is collected.
/// </summary>
public sealed class IncomingSocket
{
    private readonly OwnedSocket _socket;
    private volatile bool _isTaken;

    internal IncomingSocket(OwnedSocket socket, Offered offered)
    {
        _socket = socket;
        From = offered.From;
        Attachment = offered.Attachment ?? socket.Attachment;
    }

    /// <summary>Resets a connection that nobody has asked for: stages, and the buffers between them, drop what they
    /// have when a stream is stopped, and tell nobody.</summary>
    ~IncomingSocket()
    {
        if (!_isTaken) End();
    }

    /// <summary>The connection: its lease, for who reads it without a stream; its release, for who hands it
    /// on.</summary>
    public OwnedSocket Socket
    {
        get
        {
            _isTaken = true;
            return _socket;
        }
    }

    /// <summary>What the connection is.</summary>
    public SocketFacts Facts => _socket.Facts;

    /// <summary>Who owned it; null of one that was accepted, or whose owner has stopped.</summary>
    public IActorRef? From { get; }

    /// <summary>What the owner sent along.</summary>
    public object? Attachment { get; }

    internal void End() => _socket.End(isAborted: true);

    /// <summary>The connection as a flow, which can be materialized once.</summary>
    /// <param name="options">How it is read; null for chunks.</param>
    public Flow<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, Detach> Flow(SocketFlowOptions? options = null) =>
        SocketFlow.Of(Socket, options);

    /// <summary>Has what comes from the connection go through a flow and back to it.</summary>
    /// <typeparam name="TMat">What the handler materializes.</typeparam>
    /// <param name="handler">What comes in, and what is answered.</param>
    /// <param name="materializer">Runs the stream.</param>
    /// <param name="options">How the connection is read; null for chunks.</param>
    public (Detach Detach, TMat Handler) HandleWith<TMat>(
        Flow<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, TMat> handler,
        IMaterializer materializer,
        SocketFlowOptions? options = null) =>
        Flow(options).JoinMaterialized(handler, (detach, value) => (detach, value)).Run(materializer);
}
