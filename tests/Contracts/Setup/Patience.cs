namespace Handoff.Contracts.Tests.Setup;

/// <summary>A generous bound on waits that are expected to end at once.</summary>
internal static class Patience
{
    public static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Bound);

    public static Task Soon(this Task task) => task.WaitAsync(Bound);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Bound);

    /// <summary>Waits for what has no event of its own; only a bound decides that it will not come.</summary>
    public static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    public static async Task Until(Func<Task<bool>> condition)
    {
        using var bound = new CancellationTokenSource(Bound);
        while (!await condition())
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Whether a task is still waiting after everything that could have completed it had a chance.</summary>
    public static async Task<bool> IsStuck(this Task task, int milliseconds = 100)
    {
        await task.WaitAsync(TimeSpan.FromMilliseconds(milliseconds))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !task.IsCompleted;
    }

    /// <summary>Whether something does not come although it had a chance to.</summary>
    public static async Task<bool> Never(Func<bool> condition, int milliseconds = 100)
    {
        using var bound = new CancellationTokenSource(milliseconds);
        while (!bound.IsCancellationRequested)
        {
            if (condition()) return false;
            await Task.Yield();
        }

        return true;
    }

    /// <summary>Waits until a token trips.</summary>
    public static async Task<bool> Trips(this CancellationToken token)
    {
        var tripped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(tripped.SetResult);
        await tripped.Task.Soon();
        return true;
    }
}
