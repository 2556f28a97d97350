namespace Handoff.Messages;

/// <summary>
/// To an owner that reads by messages, after the last <see cref="Received"/>: the peer sends no more (FIN), or the
/// reading side was shut down. Sending goes on until the owner finishes. Told once in an epoch, and again after a
/// release that failed, as what was not consumed is.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Position">Bytes (of a connection of records, messages) that the peer sent in all.</param>
public sealed record PeerFinished(SocketHandle Handle, long Position);
