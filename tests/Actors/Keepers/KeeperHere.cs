using System.Net.Sockets;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Keeping;
using Handoff.Transport.Handles.Keeping.Serving;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Actors.Tests.Keepers;

// A keeper in this process, and what it tells.
internal sealed class KeeperHere : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly LinuxEngine _engine = new(new LinuxEngineOptions { Loops = 1 });
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly IRecordListenSocket _listener;
    private readonly string _path;
    private readonly Task _run;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public KeeperHere(string path, int? maxBytes = null)
    {
        _path = path;
        _listener = _engine.ListenRecords(new UnixDomainSocketEndPoint(path), 16).Socket!;
        var options = new KeeperOptions
        {
            ExitTimeout = TimeSpan.FromMilliseconds(10),
            MaxBytes = maxBytes ?? new KeeperOptions().MaxBytes,
        };
        var keeper = new Keeper(_engine, options, PeerRule.SameUser, new KeeperPort(), Tell);
        _run = keeper.RunAsync(_listener, _stop.Token);
    }

    // The line that has this part.
    public async Task<string> ToldAsync(string part)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_lines.Find(line => line.Contains(part, StringComparison.Ordinal)) is { } found) return found;
                more = _more.Task;
            }

            await more.WaitAsync(Patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Patience);
        _listener.Dispose();
        await _engine.DisposeAsync();
        _stop.Dispose();
        File.Delete(_path);
    }

    private void Tell(string line)
    {
        lock (_gate)
        {
            _lines.Add(line);
            _more.SetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
