using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// How an association becomes a socket of its own: its actor spawns the socket's, and then only answers who still tells
// it something, for as long as that lives.
internal static class Peeling
{
    // Custody has permitted it.
    public static void Carry(Peeloff command, OwnedDatagrams owned, Custody custody, IActorContext context)
    {
        var reading = command.Reading ?? owned.Reading;
        var peeled = custody.ObstacleToHandOver(command) ?? owned.PeelOff(command.Flags);
        if (!peeled.IsSuccess)
        {
            custody.Refuse(command, peeled);
            return;
        }

        var asker = custody.AnswerTo();
        var (owner, heir) = custody.PeelOff();
        var number = owned.Rules.Ids.Next();
        var born = Birth.PeeledOff(owner, heir, reading, owned.Rules.Settings.OfferTimeout);
        var socket = context.Watch(owned.Branch(born, number));
        if (command.Target is not null) socket.Tell(new Notice.HandOver(command), asker);
        asker.Tell(new PeeledOff(command, number), context.Self);
    }

    public static void OnLate(object message, Custody custody, IActorContext context)
    {
        if (message is Terminated dead)
        {
            if (!dead.ActorRef.Path.Parent.Equals(context.Self.Path)) return;
            context.Stop(context.Self);
        }
        else if (message is ISocketCommand or Acquire or Decline or GetStatus)
        {
            var why = $"{message.GetType().Name}: the association was peeled off, and has another handle now";
            custody.Refuse(message, new SocketResult(ResultCode.EENOTCONN, why));
        }
    }
}
