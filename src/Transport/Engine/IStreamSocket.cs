using System.Buffers;
using System.Net;

namespace Handoff.Transport.Engine;

/// <summary>
/// One connected byte stream as the operating system (or the in-process network) has it. One send and one receive may
/// be in flight at a time, and a wait counts as a receive. No call throws for what a peer or a network can cause.
/// </summary>
/// <remarks>
/// Dispose closes the descriptor; with nothing in flight what was sent still goes out. A caller that disposes with a
/// call in flight may reset the peer: cancel the wait and await it first. Dispose is idempotent.
/// </remarks>
public interface IStreamSocket : ISocketOptions, IDisposable
{
    /// <summary>The local address, readable after close too; null where there is none.</summary>
    EndPoint? LocalEndPoint { get; }

    /// <summary>The peer's address, readable after close too; null where there is none.</summary>
    EndPoint? RemoteEndPoint { get; }

    /// <summary>The process at the other end, of a Unix socket on a system that tells; else null.</summary>
    PeerCredentials? PeerCredentials => null;

    /// <summary>
    /// Receives what is there, waiting for at least one byte, the FIN (success with 0 bytes) or a failure.
    /// </summary>
    /// <param name="buffer">Where to; not empty. The socket uses it until the result is there.</param>
    ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer);

    /// <summary>
    /// Waits, without holding a buffer, until a receive would not wait. Success says nothing about what the receive
    /// will bring: bytes, the FIN or a failure.
    /// </summary>
    ValueTask<IoResult> WaitReadableAsync();

    /// <summary>
    /// Ends the wait that is pending, and every later one, with <see cref="ResultCode.EEINTR"/>; no byte is lost and a
    /// receive still works. Any thread, any time, idempotent.
    /// </summary>
    void StopWaiting();

    /// <summary>
    /// Sends, waiting until at least one byte went. Success tells how many bytes did, and the caller sends the rest; a
    /// failure tells it too where it is known.
    /// </summary>
    /// <param name="bytes">What to send; not empty. The socket uses it until the result is there.</param>
    ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>
    /// Sends in as few calls as the system allows; else as <see cref="SendAsync(ReadOnlyMemory{byte})"/>.
    /// </summary>
    /// <param name="bytes">What to send; not empty. The socket uses it until the result is there.</param>
    ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes);

    /// <summary>
    /// Sends one byte out of band, ahead of what the peer has not read: TCP's urgent data (RFC 6093).
    /// </summary>
    /// <param name="value">The byte.</param>
    /// <returns>
    /// <see cref="ResultCode.EESUCCESS"/>; <see cref="ResultCode.EEWOULDBLOCK"/> (not sent: no room),
    /// <see cref="ResultCode.EEMODENOTSUPP"/> (this transport has none), or as a send.
    /// </returns>
    ResultCode SendUrgent(byte value);

    /// <summary>Takes the byte that came out of band; never waits.</summary>
    /// <param name="buffer">Where to; not empty.</param>
    /// <returns>
    /// One byte; <see cref="ResultCode.EEWOULDBLOCK"/> (none is there, or it was taken), <see
    /// cref="ResultCode.EEMODENOTSUPP"/> (this transport has none), or as a receive.
    /// </returns>
    IoResult ReceiveUrgent(Span<byte> buffer);

    /// <summary>Sends the FIN after what was sent; receiving goes on.</summary>
    /// <returns>
    /// <see cref="ResultCode.EESUCCESS"/>, <see cref="ResultCode.EERESET"/> where the peer is gone,
    /// <see cref="ResultCode.EEBADF"/> after close, <see cref="ResultCode.EEMODENOTSUPP"/> where it may have to wait
    /// (TLS): then <see cref="ShutdownSendAsync"/>.
    /// </returns>
    ResultCode ShutdownSend();

    /// <summary>As <see cref="ShutdownSend"/>, where the end itself has to be sent; counts as a send.</summary>
    ValueTask<IoResult> ShutdownSendAsync() => new(new IoResult(0, ShutdownSend()));

    /// <summary>
    /// Closes at once and resets the peer; what is in flight ends with <see cref="ResultCode.EEBADF"/>. Any thread,
    /// any time, idempotent.
    /// </summary>
    void Abort();
}
