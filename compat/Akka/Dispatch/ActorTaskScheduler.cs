using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

// Runs an async handler and all that follows its awaits inside the actor, whose mailbox is suspended until it ends.
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;
    private object _message;
    private Task _running;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    public override int MaximumConcurrencyLevel => 1;

    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = InternalCurrentActorCellKeeper.Current
            ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        cell.Mailbox.Suspend();
        var scheduler = cell.TaskScheduler;
        scheduler._message = cell.CurrentMessage;
        scheduler._running = Task<Task>.Factory
            .StartNew(asyncAction, CancellationToken.None, TaskCreationOptions.None, scheduler)
            .Unwrap()
            .ContinueWith(
                static (task, state) => ((ActorTaskScheduler)state).Complete(task),
                scheduler,
                CancellationToken.None,
                TaskContinuationOptions.None,
                scheduler);
    }

    protected override IEnumerable<Task> GetScheduledTasks() => null;

    protected override void QueueTask(Task task)
    {
        var inline = InternalCurrentActorCellKeeper.Current == _cell
            && (task.CreationOptions & TaskCreationOptions.LongRunning) == 0;
        if (inline)
            TryExecuteTask(task);
        else
            _cell.SendSystemMessage(new ActorTask(this, task, null, _message));
    }

    // Inside the actor QueueTask has run it already; elsewhere it must not run.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    internal void Execute(Task task) => TryExecuteTask(task);

    private void Complete(Task task)
    {
        if (FailureOf(task) is { } failure)
        {
            _cell.SendSystemMessage(new ActorTask(this, null, failure, _message));
        }
        else
        {
            _cell.Mailbox.Resume();
            _cell.CheckReceiveTimeout(_message is not INotInfluenceReceiveTimeout);
        }

        _message = null;
    }

    private static Exception FailureOf(Task task) => task.Status switch
    {
        TaskStatus.Canceled => new TaskCanceledException(),
        TaskStatus.Faulted when task.Exception.InnerExceptions.Count == 1 => task.Exception.InnerException,
        TaskStatus.Faulted => task.Exception,
        _ => null,
    };
}
