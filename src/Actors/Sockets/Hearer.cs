using Akka.Actor;

namespace Handoff.Sockets;

// Who hears of a command: whoever sent it. What nobody sent is answered by a dead letter, which anybody may read.
internal static class Hearer
{
    public static IActorRef Of(IActorContext context) => Of(context, context.Sender);

    public static IActorRef Of(IActorContext context, IActorRef sender) =>
        sender.IsNobody() ? context.System.DeadLetters : sender;

    // A command holds a handle, which is authority, or a credential: a dead letter has its name only.
    public static object MayHear(IActorRef hearer, object command) =>
        hearer.IsNobody() ? command.GetType().Name : command;
}
