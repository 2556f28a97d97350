using System.Net;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Engine;

/// <summary>
/// A socket whose unit is a message, as the operating system (or the in-process network) has it: a datagram socket, or
/// a connection of records (<c>unix(7)</c>, SOCK_SEQPACKET). One send and one receive may be in flight at a time, and
/// a wait counts as a receive. No call throws for what a peer or a network can cause.
/// </summary>
/// <remarks>
/// Dispose closes the descriptor, any thread, any time; what is in flight ends with <see cref="ResultCode.EEBADF"/>.
/// It is idempotent.
/// </remarks>
public interface IDatagramSocket : ISocketOptions, IDisposable
{
    /// <summary>The local address, readable after close too; null where there is none.</summary>
    EndPoint? LocalEndPoint { get; }

    /// <summary>
    /// The address of a connected socket's peer, readable after close too; null where there is none.
    /// </summary>
    EndPoint? RemoteEndPoint { get; }

    /// <summary>Whether it has one peer, which need not have an address.</summary>
    bool IsConnected { get; }

    /// <summary>
    /// The process at the other end of a connection of records, on a system that tells; else null.
    /// </summary>
    PeerCredentials? PeerCredentials => null;

    /// <summary>Whether it is a connection of records, which has an end; datagrams have none.</summary>
    bool HasEnd { get; }

    /// <summary>
    /// Whether a send that finds no room can wait for it. Not for Unix datagrams without a peer: there it is the
    /// receiver that has no room, and nothing tells when it has.
    /// </summary>
    bool CanWaitToSend { get; }

    /// <summary>Whether it is an association, whose messages may say how they are to be sent.</summary>
    bool TakesSendInfo => false;

    /// <summary>
    /// Messages that the system dropped because it had no room for them, since the socket was opened; null where the
    /// system does not tell.
    /// </summary>
    long? Dropped { get; }

    /// <summary>Takes the oldest message that is there; never waits.</summary>
    /// <param name="buffer">Where to; not empty. What does not fit is lost, and told.</param>
    /// <returns>
    /// A message, which may be empty; the end, of a connection only; <see cref="ResultCode.EEWOULDBLOCK"/> (nothing is
    /// there); or what became of an earlier send, after which the socket goes on: <see
    /// cref="ResultCode.EECONNREFUSED"/>, <see cref="ResultCode.EEUNREACH"/>, <see cref="ResultCode.EERECV"/>. A
    /// connection that was reset tells <see cref="ResultCode.EERESET"/> once, then what came before, then its end.
    /// </returns>
    DatagramResult TryReceive(Span<byte> buffer);

    /// <summary>
    /// Waits, without holding a buffer, until <see cref="TryReceive"/> may bring something. May tell what became of an
    /// earlier send, too.
    /// </summary>
    ValueTask<IoResult> WaitReadableAsync();

    /// <summary>
    /// Ends the wait that is pending, and every later one, with <see cref="ResultCode.EEINTR"/>; a receive still
    /// works. Any thread, any time, idempotent.
    /// </summary>
    void StopWaiting();

    /// <summary>Sends one message, whole or not at all; never waits, and resumes nobody.</summary>
    /// <param name="message">The message; may be empty, except on a connection.</param>
    /// <param name="to">The receiver; null, and nothing else, for the peer of a connected socket.</param>
    /// <returns>
    /// Success; <see cref="ResultCode.EEWOULDBLOCK"/> (no room), <see cref="ResultCode.EENOADDR"/>, <see
    /// cref="ResultCode.EEBADADDR"/>, <see cref="ResultCode.EEMSGSIZE"/>, <see cref="ResultCode.EEUNREACH"/>, <see
    /// cref="ResultCode.EECONNREFUSED"/>, <see cref="ResultCode.EERESET"/>, <see cref="ResultCode.EEBADDATA"/> (an
    /// empty record), <see cref="ResultCode.EENOTCONN"/> (after <see cref="ShutdownSend"/>), <see
    /// cref="ResultCode.EEBADF"/>; <see cref="ResultCode.EESENDTO"/> for the rest. On a connected socket it may be the
    /// failure of an earlier message: this one was not sent, and may be sent again.
    /// </returns>
    IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to);

    /// <summary>As <see cref="TrySend(ReadOnlySpan{byte}, EndPoint)"/>, on an association.</summary>
    /// <param name="message">The message.</param>
    /// <param name="to">The receiver; null where the association chooses the address.</param>
    /// <param name="info">How; ignored where <see cref="TakesSendInfo"/> is false.</param>
    /// <returns>Also <see cref="ResultCode.EEINVAL"/>: no such stream, or flags that mean nothing.</returns>
    IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to, in SctpSendInfo info) => TrySend(message, to);

    /// <summary>
    /// As <see cref="TrySend(ReadOnlySpan{byte}, EndPoint)"/>, and waits for room where <see cref="CanWaitToSend"/>
    /// says so.
    /// </summary>
    /// <param name="message">The message; the socket uses it until the result is there.</param>
    /// <param name="to">The receiver; null, and nothing else, for the peer of a connected socket.</param>
    ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to);

    /// <summary>As <see cref="SendAsync(ReadOnlyMemory{byte}, EndPoint)"/>, on an association.</summary>
    /// <param name="message">The message; the socket uses it until the result is there.</param>
    /// <param name="to">The receiver; null where the association chooses the address.</param>
    /// <param name="info">How; ignored where <see cref="TakesSendInfo"/> is false.</param>
    ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to, SctpSendInfo info) =>
        SendAsync(message, to);

    /// <summary>
    /// Ends the sending side of a connection (<see cref="HasEnd"/>); receiving goes on.
    /// </summary>
    /// <returns>
    /// <see cref="ResultCode.EESUCCESS"/>; <see cref="ResultCode.EEMODENOTSUPP"/> for datagrams, which have no end;
    /// <see cref="ResultCode.EERESET"/>, <see cref="ResultCode.EEBADF"/>.
    /// </returns>
    ResultCode ShutdownSend();

    /// <summary>Closes at once, and tells the peer of a connection so where the system can.</summary>
    void Abort() => Dispose();
}
