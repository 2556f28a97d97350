namespace Akka.Actor;

internal sealed class ScheduledAction(TimerWheel wheel, long deadline, long interval, Action action)
    : ScheduledEntry(wheel, deadline, interval)
{
    public override string ToString() => $"[{action.Method}]";

    protected override void Run() => action();
}
