using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch;

internal sealed class DispatcherPrerequisites(EventStream eventStream, IScheduler scheduler, Settings settings)
    : IDispatcherPrerequisites
{
    public EventStream EventStream { get; } = eventStream;

    public IScheduler Scheduler { get; } = scheduler;

    public Settings Settings { get; } = settings;
}
