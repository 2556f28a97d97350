using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Sockets;

// A handshake that is under way, and who is told how it ended.
internal sealed record TlsStart(StartTls Command, IActorRef Asker);
