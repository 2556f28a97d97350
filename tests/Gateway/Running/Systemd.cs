using System.Net.Sockets;
using System.Text;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Gateway.Tests.Running;

// Plays systemd: hears what the service says, has a descriptor store that takes no open file twice, and passes to each
// start of the service its listeners and what is in the store.
internal sealed class Systemd : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _notify = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Lock _gate = new();
    private readonly List<(string Name, string File, SocketDescriptor Socket)> _store = [];
    private readonly List<string> _heard = [];
    private readonly string _path;
    private readonly Task _hearing;
    private volatile bool _isOver;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Systemd(string folder)
    {
        _path = Path.Combine(folder, "notify");
        _notify.Bind(new UnixDomainSocketEndPoint(_path));
        _hearing = Task.Factory.StartNew(
            Hear, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // The open file of a descriptor of this process.
    public static string FileOf(int descriptor) => new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget!;

    public GatewayProcess Start(IEnumerable<(string Name, Socket Socket)> units, params string[] args)
    {
        lock (_gate)
        {
            (string, int)[] all =
            [
                .. units.Select(unit => (unit.Name, (int)unit.Socket.Handle)),
                .. _store.Select(stored => (stored.Name, stored.Socket.Number)),
            ];
            return GatewayProcess.StartBy(_path, all, args);
        }
    }

    // So many are in the store, and so many at least came into it since the beginning.
    public Task StoredAsync(int now, int ever = 0) =>
        UntilAsync(() => _store.Count == now && _heard.Count(IsStore) >= ever, () => $"{now} of {ever}");

    public Task HeardAsync(string word) => UntilAsync(() => _heard.Contains(word), () => word);

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _hearing;
        _notify.Dispose();
        foreach (var (_, _, socket) in _store) socket.Dispose();
    }

    private static bool IsStore(string word) => word.StartsWith("FDSTORE=1\n", StringComparison.Ordinal);

    private async Task UntilAsync(Func<bool> condition, Func<string> what)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (condition()) return;
                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                lock (_gate)
                    Assert.Fail($"not {what()}: {_store.Count} in the store\n{string.Join('\n', _heard)}");
            }
        }
    }

    private void Hear()
    {
        var buffer = new byte[1024];
        while (!_isOver)
        {
            if (!_notify.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead)) continue;
            var received = ControlCalls.Receive((int)_notify.Handle, buffer, room: 10);
            var sockets = received.Numbers.Select(number => new SocketDescriptor(number)).ToList();
            On(Encoding.ASCII.GetString(buffer, 0, received.Count), sockets);
        }
    }

    private void On(string word, List<SocketDescriptor> sockets)
    {
        lock (_gate)
        {
            var name = word.Split('\n').FirstOrDefault(line => line.StartsWith("FDNAME=", StringComparison.Ordinal));
            foreach (var socket in sockets)
            {
                var file = FileOf(socket.Number);
                if (IsStore(word) && !_store.Exists(stored => stored.File == file))
                    _store.Add((name!["FDNAME=".Length..], file, socket));
                else
                    socket.Dispose();
            }

            if (word.StartsWith("FDSTOREREMOVE=1\n", StringComparison.Ordinal))
            {
                foreach (var gone in _store.Where(stored => $"FDNAME={stored.Name}" == name).ToList())
                {
                    gone.Socket.Dispose();
                    _store.Remove(gone);
                }
            }

            _heard.Add(word);
            _more.SetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
