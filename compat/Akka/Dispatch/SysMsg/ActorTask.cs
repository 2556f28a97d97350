namespace Akka.Dispatch.SysMsg;

// A continuation of an async handler, or the failure in which it ended.
internal sealed class ActorTask(ActorTaskScheduler scheduler, Task task, Exception failure, object message)
    : SystemMessage
{
    internal Exception Failure { get; } = failure;

    internal object Message { get; } = message;

    internal void Execute() => scheduler.Execute(task);
}
