namespace Akka.Streams.Implementation;

// Its owner goes on as it is kept, and is not run by whom it is kept for.
internal sealed class Promise<T>() : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    // Somebody else may look at the task or not: a failure that nobody sees is no unobserved one.
    public void Break(Exception cause)
    {
        if (TrySetException(cause))
            _ = Task.Exception;
    }
}
