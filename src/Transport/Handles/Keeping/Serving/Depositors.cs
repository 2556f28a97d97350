namespace Handoff.Transport.Handles.Keeping.Serving;

// The processes that are connected, or left something. A process has one connection: a newer one ends the older.
internal sealed class Depositors
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Depositor, CancellationTokenSource> _all = [];

    public bool TryAdd(Depositor depositor, CancellationTokenSource end, int most)
    {
        lock (_gate) return _all.Count < most && _all.TryAdd(depositor, end);
    }

    public void Remove(Depositor depositor)
    {
        lock (_gate) _all.Remove(depositor);
    }

    // The earlier connections of the same process.
    public async Task EndEarlierAsync(Depositor newer, KeeperOptions options)
    {
        foreach (var (earlier, end) in Where(other => other != newer && other.IsSame(newer)))
        {
            await end.CancelAsync().ConfigureAwait(false);
            await HeardAsync([earlier], options).ConfigureAwait(false);
        }
    }

    // Those of the key that are dead have been heard to their ends; nobody is waited for who lives.
    public Task HeardAsync(Depositor adopter, KeeperOptions options) => HeardAsync(
        [
            .. Where(other => other != adopter && other.Key == adopter.Key && other.Process.IsOver)
                .Select(one => one.Depositor),
        ],
        options);

    private static async Task HeardAsync(Depositor[] all, KeeperOptions options) =>
        await Task.WhenAll(all.Select(one => one.IsHeard))
            .WaitAsync(options.AnswerTimeout, options.Handles.TimeProvider)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private (Depositor Depositor, CancellationTokenSource End)[] Where(Func<Depositor, bool> which)
    {
        lock (_gate) return [.. _all.Where(one => which(one.Key)).Select(one => (one.Key, one.Value))];
    }
}
