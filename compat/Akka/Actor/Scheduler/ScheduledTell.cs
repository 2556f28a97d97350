namespace Akka.Actor;

internal sealed class ScheduledTell(
    TimerWheel wheel, long deadline, long interval, ICanTell receiver, object message, IActorRef sender)
    : ScheduledEntry(wheel, deadline, interval)
{
    protected override bool DeliversOnly => true;

    public override string ToString() => $"[{receiver}.Tell({message}, {sender})]";

    protected override void Run() => receiver.Tell(message, sender);
}
