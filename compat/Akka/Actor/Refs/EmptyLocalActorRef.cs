using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

// Stands for an actor that is not there.
internal class EmptyLocalActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public sealed override ActorPath Path => path;

    public sealed override IActorRefProvider Provider => system.LocalProvider;

    internal override bool HasTerminated => true;

    internal sealed override void SendSystem(SystemMessage message) => SpecialHandle(message, system.DeadLetters);

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case null:
                throw new InvalidMessageException("Message is null");
            case DeadLetter letter:
                SpecialHandle(letter.Message, letter.Sender);
                break;
            default:
                if (!SpecialHandle(message, sender))
                    Publish(message, sender);
                break;
        }
    }

    protected virtual bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch:
                if (watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                {
                    watch.Watcher.SendSystemMessage(
                        new DeathWatchNotification(watch.Watchee, existenceConfirmed: false));
                }

                return true;
            case Unwatch:
                return true;
            case Identify identify:
                sender.Tell(new ActorIdentity(identify.MessageId, null), this);
                return true;
            case ActorSelectionMessage { Message: Identify identify } selection:
                if (!selection.WildCardFanOut)
                    sender.Tell(new ActorIdentity(identify.MessageId, null), this);
                return true;
            case ActorSelectionMessage selection:
                if (!Suppress(selection.Message, sender))
                    Publish(selection.Message, sender);
                return true;
            default:
                return Suppress(message, sender);
        }
    }

    protected void Publish(object message, IActorRef sender) =>
        system.EventStream.Publish(new DeadLetter(message, OrDeadLetters(sender), this));

    private bool Suppress(object message, IActorRef sender)
    {
        if (message is not IDeadLetterSuppression suppressed)
            return false;
        system.EventStream.Publish(new SuppressedDeadLetter(suppressed, OrDeadLetters(sender), this));
        return true;
    }

    private IActorRef OrDeadLetters(IActorRef sender) => sender.IsNobody() ? system.DeadLetters : sender;
}
