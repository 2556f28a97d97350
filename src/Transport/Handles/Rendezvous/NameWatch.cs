namespace Handoff.Transport.Handles.Rendezvous;

// Tells those who wait for a name when its file changes. It is a hint, not a promise: the system may have no watch
// left to give, and drops what comes too fast. So whoever waits looks again after a while, too.
internal sealed class NameWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Interest> _interests = [];
    private readonly FileSystemWatcher? _watcher;

    public NameWatch(string path)
    {
        try
        {
            _watcher = new FileSystemWatcher(path)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            _watcher.Created += (_, change) => Tell(change.Name);
            _watcher.Changed += (_, change) => Tell(change.Name);
            _watcher.Error += (_, _) => Tell(null);
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception none) when (none is IOException or ArgumentException)
        {
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    // Of changes from now on, until it is disposed.
    public Interest In(string key)
    {
        var interest = new Interest(this, key);
        lock (_gate) _interests.Add(interest);
        return interest;
    }

    public void Dispose() => _watcher?.Dispose();

    // Null: anything may have changed.
    private void Tell(string? key)
    {
        Interest[] told;
        lock (_gate) told = [.. _interests.Where(interest => key is null || interest.Key == key)];
        foreach (var interest in told) interest.Tell();
    }

    internal sealed class Interest(NameWatch watch, string key) : IDisposable
    {
        private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Key => key;

        public Task Changed => _changed.Task;

        public void Tell() => _changed.TrySetResult();

        public void Dispose()
        {
            lock (watch._gate) watch._interests.Remove(this);
        }
    }
}
