using Akka.Actor;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// What an event means to a socket, and the command that it came with, if any. The ownership table says it; a
// simulation listens in.
internal delegate Transition<IActorRef> Deciding(
    long socket, OwnershipState<IActorRef> state, OwnershipEvent<IActorRef> what, object? command);
