using System.Net.Sockets;

namespace Handoff.Messages;

/// <summary>
/// Shuts one side of a connection down, or both, for every later owner too; the connection stays open. The writing
/// side: the FIN goes out after what was accepted. The reading side: what is unread is dropped, what comes is dropped,
/// and nothing is told of it but <see cref="PeerFinished"/>. Answered by <see cref="Confirmed"/>, or by
/// <see cref="Refused"/>: <c>EEBADF</c>, <c>EESECURITY</c>, <c>EESOCKRLSD</c> (on offer, or on loan),
/// <c>EENOTCONN</c>, <c>EEBUSY</c> (spliced, a read result is open, or bytes are not flushed), <c>EEMODENOTSUPP</c> (a
/// listener, a datagram socket, or the reading side of a connection of records), <c>EEBADDATA</c> (no such side).
/// Source: <c>soshutdown(9)</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="How">Which side.</param>
public sealed record Shutdown(SocketHandle Handle, SocketShutdown How) : ISocketCommand;
