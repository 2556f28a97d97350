using System.Globalization;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Depositing;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Systemd;

namespace Handoff.Processes;

// The service manager's descriptor store: what is in it is passed to the next process of the service, whatever this
// one ended by, with the name and nothing else. The manager answers nothing; what it was sent it has.
internal sealed class StoreLink(LinuxEngine engine, HandleOptions options, Inherited inherited) : IDepository
{
    private const string MostVariable = "FDSTORE";

    private readonly Dictionary<ulong, string> _stored = [];

    // To be removed, and the manager did not hear it yet.
    private readonly Queue<string> _stale = new();
    private readonly int _most = Most();
    private FdStore? _store;

    public string Place => "the service manager's store";

    public bool IsLost { get; private set; }

    public bool IsConnected => _store is not null && !IsLost;

    public async Task<SocketResult> ConnectAsync() => (await StoreAsync().ConfigureAwait(false)).Result;

    // The manager stores no open file twice: what has a name that does not fit loses it first.
    public async Task<SocketResult> DepositAsync(
        ulong id, string key, SocketFacts facts, SocketDescriptor socket, string? stored)
    {
        var (store, result) = await StoreAsync().ConfigureAwait(false);
        if (store is null) return result;
        if (_stored.Count >= _most)
            return new(ResultCode.EEQUOTA, $"the service manager stores {_most} (FileDescriptorStoreMax=)");
        var name = new StoredName(key, facts.Attachment);
        if (stored is not null && name.Fits(stored))
        {
            _stored.Add(id, stored);
            return SocketResult.Success;
        }

        if (stored is not null) result = await RemoveAsync(store, stored).ConfigureAwait(false);
        if (!result.IsSuccess) return result;
        if (name.Draw() is not { } drawn)
            return new(ResultCode.EEMSGSIZE, $"no name of {FdStore.LongestName} letters has room for the attachment");
        result = await HeardAsync(store.StoreAsync(drawn, [socket], isWatched: true)).ConfigureAwait(false);
        if (result.IsSuccess) _stored.Add(id, drawn);
        return result;
    }

    // The store knows nothing of tokens: what is to be another process's is not in it.
    public async Task<SocketResult> UpdateAsync(ulong id, SocketBaggage baggage, TakeOnceToken token)
    {
        var (store, result) = await StoreAsync().ConfigureAwait(false);
        if (store is null || !_stored.Remove(id, out var name)) return result;
        return await RemoveAsync(store, name).ConfigureAwait(false);
    }

    public Task<SocketResult> UpdateAsync(ulong id) => Task.FromResult(
        new SocketResult(ResultCode.EENOTCONN, "it was taken out of the service manager's store for a move"));

    public async Task<SocketResult> WithdrawAsync(ulong id) =>
        _stored.Remove(id, out var name) ? await ForgetAsync(name).ConfigureAwait(false) : SocketResult.Success;

    // What another process left under this name.
    public async Task<SocketResult> ForgetAsync(string name)
    {
        _stale.Enqueue(name);
        return (await StoreAsync().ConfigureAwait(false)).Result;
    }

    public Task<SocketResult> CheckAsync() => Task.FromResult(SocketResult.Success);

    public async Task<Adopted> AdoptAsync(ulong id, string key)
    {
        var (store, result) = await StoreAsync().ConfigureAwait(false);
        if (store is null) return new Adopted(result, []);
        (var passed, result) = inherited.Take(each => each.Stored?.Key == key);
        var adopted = new List<AdoptedSocket>();
        foreach (var each in passed)
        {
            if (each.Facts is { } facts)
            {
                var about = facts with { Attachment = each.Stored!.Attachment };
                adopted.Add(
                    new AdoptedSocket(key, new TakenSocket(each.Socket, about, KeeperLink.Live))
                    {
                        StoredAs = each.Name,
                    });
                continue;
            }

            // It has ended meanwhile.
            each.Socket.Dispose();
            await ForgetAsync(each.Name).ConfigureAwait(false);
        }

        return new Adopted(result, adopted);
    }

    // The next connection removes what this process had stored: its owners are told that nothing is kept any more.
    public void Drop()
    {
        foreach (var name in _stored.Values) _stale.Enqueue(name);
        _stored.Clear();
        _store?.Dispose();
        _store = null;
        IsLost = false;
    }

    public void Dispose() => Drop();

    private async Task<(FdStore? Store, SocketResult Result)> StoreAsync()
    {
        if (_store is null || IsLost)
        {
            _store?.Dispose();
            (_store, var opened) = FdStore.Open(engine, options);
            IsLost = false;
            if (_store is null)
            {
                return (null, opened.IsSuccess
                    ? new(ResultCode.EEMODENOTSUPP, $"no service manager keeps sockets: {FdStore.Variable} is not set")
                    : opened);
            }
        }

        while (_stale.TryPeek(out var name))
        {
            var removed = await HeardAsync(_store.RemoveAsync(name)).ConfigureAwait(false);
            if (!removed.IsSuccess) return (null, removed);
            _stale.Dequeue();
        }

        return (_store, SocketResult.Success);
    }

    private async Task<SocketResult> RemoveAsync(FdStore store, string name)
    {
        var removed = await HeardAsync(store.RemoveAsync(name)).ConfigureAwait(false);
        if (!removed.IsSuccess) _stale.Enqueue(name);
        return removed;
    }

    // What is more than that it would drop without a word. systemd tells it since version 254 (systemd.exec(5)).
    private static int Most() =>
        int.TryParse(Environment.GetEnvironmentVariable(MostVariable), CultureInfo.InvariantCulture, out var most)
            ? most
            : int.MaxValue;

    // A manager that is busy is there all the same.
    private async Task<SocketResult> HeardAsync(ValueTask<SocketResult> sending)
    {
        var sent = await sending.ConfigureAwait(false);
        if (!sent.IsSuccess && sent.Code is not (ResultCode.EETIMEDOUT or ResultCode.EENOSOCKS)) IsLost = true;
        return sent;
    }
}
