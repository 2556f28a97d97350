using System.Net.Sockets;
using System.Text;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Paths;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Unix;
using Microsoft.Win32.SafeHandles;

namespace Handoff.Transport.Handles.Rendezvous;

// Names that processes give sockets under: each a file that its giver holds locked (flock(2)) for as long as it gives.
// A lock that was dropped, by whatever death, frees the name.
internal sealed class NameFiles : IDisposable
{
    private readonly OwnDirectory _names;
    private readonly RendezvousOptions _options;
    private readonly SemaphoreSlim _inside = new(1, 1);
    private readonly Lock _gate = new();
    private readonly HashSet<HeldName> _held = [];
    private bool _isDisposed;

    private NameFiles(OwnDirectory names, RendezvousOptions options)
    {
        _names = names;
        _options = options;
    }

    public string Path => _names.Path;

    private bool IsGone => FileCalls.FactsOf(_names.Handle) is { Links: 0 };

    public static (NameFiles? Names, SocketResult Result) Open(RuntimeDirectory directory, RendezvousOptions options)
    {
        var (names, result) = directory.OpenNames();
        return names is null ? (null, result) : (new NameFiles(names, options), result);
    }

    // The name is this process's until the result is disposed; getters find control by it. EENAMEINUSE: another's.
    // EEGIVETABLEFULL. EENAMETOOLONG: it has not 1 to 16 bytes. EESECURITY: no file of ours is in its place.
    // EETIMEDOUT, EEINTR: it was not our turn.
    public async ValueTask<(HeldName? Held, SocketResult Result)> GiveAsync(
        string name, UnixDomainSocketEndPoint control, bool isListed, CancellationToken cancellationToken)
    {
        if (Unfit(name) is { } unfit) return (null, unfit);
        if (UnixName.PathOf(control) is not { } path || !System.IO.Path.IsPathRooted(path))
            return (null, new(ResultCode.EEBADADDR, $"'{control}' is no absolute path of a control socket"));
        var record = new NameRecord(path, Environment.ProcessId, isListed ? name : null);
        using var turns = new Turns(_options.Handles.SendTimeout, _options.Handles.TimeProvider, cancellationToken);
        try
        {
            await _inside.WaitAsync(turns.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return (null, new(turns.Over, $"'{name}': others of this process had their turn to give"));
        }

        try
        {
            var (turn, result) = await NameTurn.TakeAsync(_names, turns).ConfigureAwait(false);
            if (turn is null) return (null, result);
            using (turn)
            {
                return IsGone
                    ? (null, new(ResultCode.EEBADADDR, $"{Path} was removed: nobody would find what is given there"))
                    : Give(name, record);
            }
        }
        finally
        {
            _inside.Release();
        }
    }

    // What is given under a name, if that was given; whether its giver lives is for the caller to find out.
    public FoundName? Find(string name) => Read(NameRecord.KeyOf(name));

    // What is on offer: of givers that live, and only what may be listed.
    public IReadOnlyList<NameRecord> List()
    {
        List<NameRecord> all = [];
        if (IsGone) return all;
        foreach (var key in Keys())
        {
            using var found = Read(key);
            if (found?.Record is { Name: { } name } record && NameRecord.KeyOf(name) == key && found.IsHeld())
                all.Add(record);
        }

        return all;
    }

    public void Free(HeldName held)
    {
        lock (_gate)
        {
            if (!_held.Remove(held)) return;

            // While it is locked nobody else removes it, or puts another in its place.
            if (IsThere(held.Key, held.File)) _ = FileCalls.TryRemove(_names.Handle, held.Key);
            Release(held.File);
        }
    }

    // Frees all names.
    public void Dispose()
    {
        HeldName[] left;
        lock (_gate)
        {
            _isDisposed = true;
            left = [.. _held];
        }

        foreach (var held in left) Free(held);
        _names.Dispose();
    }

    private static SocketResult? Unfit(string name)
    {
        var bytes = Encoding.UTF8.GetByteCount(name);
        return bytes is 0 or > FrameBounds.Name
            ? new(ResultCode.EENAMETOOLONG, $"a name of {bytes} bytes; 1 to {FrameBounds.Name} are allowed")
            : null;
    }

    // In our turn: what is not held now, nobody begins to hold.
    private (HeldName? Held, SocketResult Result) Give(string name, NameRecord record)
    {
        var key = NameRecord.KeyOf(name);
        switch (Clear(key))
        {
            case Place.Held:
                using (var found = Read(key))
                {
                    var who = found is null ? "another process" : $"process {found.Record.Giver}";
                    return (null, new(ResultCode.EENAMEINUSE, $"{who} gives a socket as '{name}' already"));
                }

            case Place.Strange:
                var place = System.IO.Path.Combine(Path, key);
                return (null, new(ResultCode.EESECURITY, $"what stands at {place} is no file of a name"));
            default:
                var full = $"{_options.MaxNames} names are taken; handoff.processes.max-names";
                return IsFull() ? (null, new(ResultCode.EEGIVETABLEFULL, full)) : Take(name, key, record);
        }
    }

    // Locked before anything is written, so that nobody finds it and asks whether its giver lives.
    private (HeldName? Held, SocketResult Result) Take(string name, string key, NameRecord record)
    {
        const int Flags = FileCalls.ReadWrite | FileCalls.Create | FileCalls.OnlyNew;
        var file = FileCalls.Open(_names.Handle, key, Flags);
        if (file.IsInvalid) return (null, FileFailure.Of(Errors.Last, Path, "takes no name"));
        SocketResult? failed = null;
        if (FileCalls.Lock(file, FileCalls.Exclusive | FileCalls.AtOnce) != 0)
            failed = FileFailure.Of(Errors.Last, Path, "lets no file be locked");
        try
        {
            if (failed is null) RandomAccess.Write(file, record.Write(), fileOffset: 0);
        }
        catch (IOException full)
        {
            failed = new(ResultCode.EESOCKET, $"{Path} takes no name: {full.Message}");
        }

        var held = new HeldName(this, file, key, name);
        lock (_gate)
        {
            if (_isDisposed) failed = new(ResultCode.EEBADF, "the names were closed meanwhile");
            else if (failed is null) _held.Add(held);
            else _ = FileCalls.TryRemove(_names.Handle, key);
        }

        if (failed is null) return (held, SocketResult.Success);
        Release(file);
        return (null, failed);
    }

    // Removes what a dead process left. With the shared lock it is nobody's, and who else has that only asks.
    private Place Clear(string key)
    {
        using var file = FileCalls.Open(_names.Handle, key, FileCalls.ReadOnly | FileCalls.NonBlocking);
        if (file.IsInvalid) return Errors.Last is Errno.NoEntry ? Place.Free : Place.Strange;
        if (!IsOurs(file)) return Place.Strange;
        if (FileCalls.Lock(file, FileCalls.Shared | FileCalls.AtOnce) != 0)
            return Errors.Last is Errno.TryAgain ? Place.Held : Place.Strange;

        // Its giver may have removed it since it was opened.
        if (!IsThere(key, file)) return Place.Free;
        return FileCalls.TryRemove(_names.Handle, key) ? Place.Free : Place.Strange;
    }

    private bool IsFull()
    {
        if (Keys().Take(_options.MaxNames).Count() < _options.MaxNames) return false;
        foreach (var key in Keys()) _ = Clear(key);
        return Keys().Take(_options.MaxNames).Count() == _options.MaxNames;
    }

    private FoundName? Read(string key)
    {
        var file = FileCalls.Open(_names.Handle, key, FileCalls.ReadOnly | FileCalls.NonBlocking);
        if (!file.IsInvalid && IsOurs(file))
        {
            var bytes = new byte[NameRecord.Longest];
            var count = RandomAccess.Read(file, bytes, fileOffset: 0);
            if (NameRecord.Read(bytes.AsSpan(0, count)) is { } record) return new FoundName(file, record);
        }

        file.Dispose();
        return null;
    }

    // The directory is ours, so that only we ourselves make it long: more than anybody's bound is not looked at.
    private IEnumerable<string> Keys() => Directory.EnumerateFileSystemEntries(Path)
        .Select(path => System.IO.Path.GetFileName(path))
        .Where(NameRecord.IsKey)
        .Take(RendezvousOptions.MostNames);

    private static bool IsOurs(SafeFileHandle file) =>
        FileCalls.FactsOf(file) is { IsRegular: true } facts && facts.Owner == SystemCalls.EffectiveUser();

    private bool IsThere(string key, SafeFileHandle file) =>
        FileCalls.FactsOf(_names.Handle, key) is { } there
        && FileCalls.FactsOf(file) is { Links: > 0 } facts
        && there.IsSameAs(facts);

    // As NameTurn does.
    private static void Release(SafeFileHandle file)
    {
        _ = FileCalls.Lock(file, FileCalls.Unlock);
        file.Dispose();
    }

    private enum Place
    {
        Free,
        Held,

        // Of another kind, or another's.
        Strange,
    }
}
