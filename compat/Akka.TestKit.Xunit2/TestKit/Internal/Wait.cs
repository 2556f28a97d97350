namespace Akka.TestKit.Internal;

// Every wait exists once and is told how to wait. A blocked caller needs no thread of the pool to come back,
// and what it called has completed when it returns.
internal enum Wait
{
    Block,
    Await,
}

internal static class Waiting
{
    private const ConfigureAwaitOptions InContext =
        ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    public static T Now<T>(this ValueTask<T> completed) => completed.IsCompleted
        ? completed.GetAwaiter().GetResult()
        : throw new InvalidOperationException("A blocking call went on without its caller.");

    public static void Now(this ValueTask completed)
    {
        if (!completed.IsCompleted)
            throw new InvalidOperationException("A blocking call went on without its caller.");
        completed.GetAwaiter().GetResult();
    }

    public static List<T> Now<T>(this IAsyncEnumerable<T> source)
    {
        var all = new List<T>();
        var items = source.GetAsyncEnumerator(CancellationToken.None);
        try
        {
            while (items.MoveNextAsync().Now())
                all.Add(items.Current);
        }
        finally
        {
            items.DisposeAsync().Now();
        }

        return all;
    }

    public static async ValueTask Pause(TimeSpan time, Wait how, CancellationToken cancellationToken)
    {
        if (how == Wait.Await)
            await Task.Delay(time, cancellationToken);
        else if (cancellationToken.WaitHandle.WaitOne(time))
            cancellationToken.ThrowIfCancellationRequested();
    }

    // Whether the signal came in time; cancellation throws.
    public static async ValueTask<bool> For(
        Task signal, TimeSpan atMost, Wait how, CancellationToken cancellationToken)
    {
        if (how == Wait.Block)
            return signal.Wait(atMost, cancellationToken);
        await signal.WaitAsync(atMost, cancellationToken).ConfigureAwait(InContext);
        if (!signal.IsCompleted)
            cancellationToken.ThrowIfCancellationRequested();
        return signal.IsCompleted;
    }
}
