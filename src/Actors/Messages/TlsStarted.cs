using Handoff.Transport.Sockets;
using Handoff.Transport.Tls;

namespace Handoff.Messages;

/// <summary>
/// The answer to <see cref="StartTls"/>: the handshake is done, and whatever is read or written from here on is
/// encrypted on its way. Told to whoever sent the command, and to the owner if that has changed meanwhile.
/// </summary>
/// <param name="Command">The command, as it was sent.</param>
/// <param name="Session">What was agreed on.</param>
/// <param name="Facts">What the socket is.</param>
/// <param name="Lease">
/// The pipes, for an owner that reads by lease; null for one that reads by messages, which goes on by them, and for
/// one that came meanwhile, whose lease is that of its <see cref="Acquired"/>.
/// </param>
public sealed record TlsStarted(StartTls Command, TlsState.Secure Session, SocketFacts Facts, SocketLease? Lease);
