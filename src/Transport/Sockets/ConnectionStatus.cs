namespace Handoff.Transport.Sockets;

/// <summary>A snapshot of a connection's counters.</summary>
/// <param name="BytesReceived">Bytes that came from the peer since the connection began.</param>
/// <param name="BytesSent">Bytes that the system took for the peer since the connection began.</param>
/// <param name="Unread">Bytes received (or pushed back) that no owner has consumed.</param>
/// <param name="Unsent">Bytes accepted from owners that the system has not taken yet.</param>
/// <param name="InputEnded">
/// The peer's FIN, its reset or a failure has come, or an owner shut the reading side down: no byte follows those that
/// are unread.
/// </param>
/// <param name="OutputEnded">
/// An owner completed the output, or the connection is closing: no byte is accepted any more.
/// </param>
public readonly record struct ConnectionStatus(
    long BytesReceived, long BytesSent, long Unread, long Unsent, bool InputEnded, bool OutputEnded);
