using Akka.Actor;
using Akka.Event;
using Handoff.Sockets;

namespace Handoff;

// Owns sockets for code outside actors: what it is told goes to the mail, and when it stops its sockets close.
internal sealed class AnchorActor(AnchorMail mail) : UntypedActor
{
    public static Props Props(AnchorMail mail) => Akka.Actor.Props.Create(() => new AnchorActor(mail));

    public static async Task<IActorRef> SpawnAsync(IActorRef sockets, AnchorMail mail, TimeSpan within) =>
        await sockets.Ask<IActorRef>(new SocketsActor.SpawnAnchor(Props(mail)), within);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Send send:
                // A socket that has stopped answers nothing, but is reported.
                Context.Watch(send.Socket);
                mail.Sending(send.Command);
                send.Socket.Tell(send.Command, Self);
                break;
            case Terminated dead:
                mail.Gone(dead.ActorRef);
                break;
            case Retire:
                mail.Retire(Self);
                break;
            default:
                mail.Deliver(message, Self);
                break;
        }

        if (mail.IsDone) Context.Stop(Self);
    }

    // Akka restarts the children that survive their parent's restart; an anchor has nothing to begin anew.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostStop()
    {
        mail.Stopped();
        base.PostStop();
    }

    public sealed record Send(IActorRef Socket, object Command);

    // It stops once nothing is left that it owns.
    public sealed record Retire : IDeadLetterSuppression
    {
        private Retire()
        {
        }

        public static Retire Instance { get; } = new();
    }
}
