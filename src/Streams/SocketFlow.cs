using System.Net;
using Akka.Streams.Dsl;
using Handoff.Messages;
using Handoff.Streams.Flows;
using Handoff.Transport;

namespace Handoff.Streams;

/// <summary>
/// Connections as flows: what goes in is sent, what comes out was received. Demand goes to the socket: for each
/// element that is asked for, one chunk or frame is read, and no more; what is not asked for holds the peer back. An
/// element is taken once the one before it was accepted.
/// <list type="bullet">
/// <item>The peer's FIN completes the output, and the completion of the input sends a FIN; the other direction goes
/// on. When both have ended the connection closes.</item>
/// <item>A failure of the input aborts the connection. Cancelling the output stops reading: what is unread stays, and
/// holds the peer back.</item>
/// <item>A failure of the connection fails the output and cancels the input with a
/// <see cref="SocketFailedException"/>: <c>EERESET</c>, <c>EETIMEDOUT</c>, ..., and <c>EEBADDATA</c> where there is no
/// frame, which aborts the connection.</item>
/// <item>A stream that is stopped without an end aborts the connection.</item>
/// </list>
/// The socket is not to be released while a stream has it: <see cref="Detach"/> leaves the stream first.
/// </summary>
public static class SocketFlow
{
    /// <summary>A connection that the caller owns; the flow can be materialized once, and the lease is the stream's
    /// from then on.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="options">How it is read; null for chunks.</param>
    /// <exception cref="ArgumentException">It is no connection.</exception>
    public static Flow<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, Detach> Of(
        OwnedSocket socket, SocketFlowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.Facts.Kind is not SocketKind.Connection)
            throw new ArgumentException($"{socket.Handle} is no connection.", nameof(socket));
        return Flow.FromGraph(new SocketFlowStage(socket, options ?? SocketFlowOptions.Default));
    }

    /// <summary>Connects when it is materialized, each time anew.</summary>
    /// <param name="handoff">The extension of the actor system.</param>
    /// <param name="endPoint">The peer's address.</param>
    /// <param name="options">How the connection is read; null for chunks.</param>
    /// <param name="transport">As for <see cref="Connect"/>.</param>
    /// <param name="within">As for <see cref="Connect"/>.</param>
    /// <returns>The materialized task fails as the stream does where nobody accepts: with the codes of
    /// <see cref="Connect"/>.</returns>
    public static Flow<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, Task<Detach>> Connect(
        HandoffExtension handoff,
        EndPoint endPoint,
        SocketFlowOptions? options = null,
        string? transport = null,
        TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(handoff);
        ArgumentNullException.ThrowIfNull(endPoint);
        return Flow.FromGraph(new ConnectStage(
            () => handoff.ConnectAsync(endPoint, transport, within),
            options ?? SocketFlowOptions.Default,
            StreamSettings.For(handoff.System)));
    }
}
