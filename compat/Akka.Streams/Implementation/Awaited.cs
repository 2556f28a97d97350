namespace Akka.Streams.Implementation;

internal static class Awaited
{
    // At once where it is done already, on the thread that completes it else.
    public static void Tell<TTask>(TTask task, Action<TTask> whenDone)
        where TTask : Task
    {
        if (task.IsCompleted)
            whenDone(task);
        else
            task.GetAwaiter().UnsafeOnCompleted(() => whenDone(task));
    }

    public static Exception FailureOf(Task task) => task switch
    {
        { IsCanceled: true } => new TaskCanceledException(task),
        { Exception.InnerExceptions: [var only] } => only,
        _ => task.Exception,
    };
}
