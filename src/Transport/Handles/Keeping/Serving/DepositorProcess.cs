using System.Globalization;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Keeping.Serving;

// A process at the other end of a control socket, by a descriptor of its own (pidfd_open(2)): it tells when the
// process is dead, and cannot be taken in by another that got its number.
internal sealed class DepositorProcess : IDisposable
{
    private readonly Descriptor _watch;
    private volatile bool _isOver;

    private DepositorProcess(LinuxEngine engine, SocketDescriptor process, int id, ulong started)
    {
        _watch = engine.Place(process.Take(), isShared: true);
        Id = id;
        Started = started;
    }

    public int Id { get; }

    public ulong Started { get; }

    // As the kernel knows it now.
    public unsafe bool IsOver
    {
        get
        {
            if (_isOver || !_watch.TryEnter()) return _isOver;
            var entry = new PollEntry { Descriptor = _watch.Number, Events = (ushort)Native.Readable };
            int count;
            do count = SystemCalls.Poll(&entry, 1, 0);
            while (count < 0 && Errors.Last is Errno.Interrupted);
            _watch.Leave();
            if (count > 0) _isOver = true;
            return _isOver;
        }
    }

    // Whoever connected, as the kernel saw it (SO_PEERPIDFD of unix(7), since Linux 6.5).
    public static unsafe SocketDescriptor? Connected(int controlSocket)
    {
        var process = -1;
        var length = sizeof(int);
        return SystemCalls.GetOption(
            controlSocket, Native.SocketLevel, Native.PeerProcess, &process, &length) == 0 && process >= 0
            ? new SocketDescriptor(process)
            : null;
    }

    // Where the kernel does not say that: the process that has the number now, if it is the one that
    // began then.
    public static SocketDescriptor? Numbered(int id, ulong started)
    {
        var number = (int)SystemCalls.Call(Native.OpenProcessNumber, id, 0);
        if (number < 0) return null;
        var process = new SocketDescriptor(number);
        if (StartOf(id) == started) return process;
        process.Dispose();
        return null;
    }

    public static DepositorProcess Watch(LinuxEngine engine, SocketDescriptor process, int id, ulong started) =>
        new(engine, process, id, started);

    // In clock ticks since boot; null where there is no such process. proc(5): the name may have anything in it.
    public static ulong? StartOf(int id)
    {
        const int Started = 19;
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > Started && ulong.TryParse(fields[Started], CultureInfo.InvariantCulture, out var at)
                ? at
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Ends when the process does, or when this is disposed.
    public async Task EndAsync()
    {
        while (true)
        {
            _watch.Clear();
            if (IsOver) break;
            var waited = await _watch.WaitReadableAsync().ConfigureAwait(false);
            if (!waited.IsSuccess) break;
        }

        // Off the loop.
        await Task.Yield();
    }

    public void Dispose() => _watch.Close();

    public override string ToString() => $"process {Id}";
}
