using Akka.Actor;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// A connection that was accepted and that its acceptor is not shown yet, and for whom policy let it in: nobody, where
// nobody had the listener then.
internal readonly record struct Arrival(INewcomer Newcomer, IActorRef? Acceptor);
