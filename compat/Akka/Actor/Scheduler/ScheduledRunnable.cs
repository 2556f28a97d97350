using Akka.Dispatch;

namespace Akka.Actor;

internal sealed class ScheduledRunnable(TimerWheel wheel, long deadline, long interval, IRunnable runnable)
    : ScheduledEntry(wheel, deadline, interval)
{
    public override string ToString() => $"[{runnable}]";

    protected override void Run() => runnable.Run();
}
