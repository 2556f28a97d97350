using Akka.Actor;
using Handoff.Messages;

namespace Handoff.TestKit.Scenarios;

internal sealed class WitnessActor : ReceiveActor
{
    public WitnessActor(Witness witness)
    {
        Receive<IActorRef>(socket => Context.Watch(socket));
        Receive<Terminated>(dead => witness.Dead.Add(dead.ActorRef));
        Receive<SocketStatus>(status => witness.Statuses[status.Facts.Id] = (Sender, status));
    }
}
