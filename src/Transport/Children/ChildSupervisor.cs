using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

// Programs that run with sockets of ours, until they end or are ended.
internal sealed class ChildSupervisor(LinuxEngine engine, ChildOptions options, TimeProvider time)
{
    private const string Shell = "/bin/sh";

    // LISTEN_PID is the number of the process that listens, which nobody knows before it is there. exec keeps it.
    private const string SayWhoListens = "LISTEN_PID=$$; export LISTEN_PID; exec \"$@\"";

    private readonly Lock _gate = new();
    private readonly HashSet<Child> _running = [];
    private readonly TaskCompletionSource _allGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _isStopping;

    // Why this process can start none, whatever the program; null where it can.
    public static string? Unable
    {
        get
        {
            if (!ProcessCalls.IsSupported) return "this system has no posix_spawn that closes descriptors";
            return ProcessCalls.IsChildEndIgnored() ? "SIGCHLD is ignored, and so no exit code told" : null;
        }
    }

    public ChildOptions Options => options;

    public int Count => Volatile.Read(ref _count);

    // EESPAWN, EESECURITY, EENOSOCKS, EEQUOTA, EEABORTED once they are stopped, EEMODENOTSUPP where there is no
    // posix_spawn that closes what it is not given, or SIGCHLD is ignored. Then nothing runs, and the sockets are as
    // they were. As Spawning: not to be called on a loop.
    public ChildOr Start(ChildProgram program, ChildDescriptors descriptors)
    {
        if (Unable is { } unable) return Not(ResultCode.EEMODENOTSUPP, program, unable);
        lock (_gate)
        {
            if (_isStopping) return Not(ResultCode.EEABORTED, program, "its service has ended");
            if (_count == options.MaxChildren)
                return Not(ResultCode.EEQUOTA, program, $"{_count} children run, and no more may");
            _count++;
        }

        ChildOr started = default;
        try
        {
            started = Run(program, descriptors);
        }
        finally
        {
            if (started.Child is null) Leave();
        }

        // It may have come after all were told to end.
        bool isLate;
        lock (_gate) isLate = _isStopping;
        if (isLate) started.Child?.Stop(ChildStop.Stopped);
        return started;
    }

    // Until there is something for a program that is to be started with this socket; EEINTR once the token trips.
    public Task<ResultCode> ReadableAsync(SocketDescriptor socket, CancellationToken cancellationToken) =>
        Awaiting.ReadableAsync(engine, socket, cancellationToken);

    // Ends them all, with their groups, and starts none any more. EETIMEDOUT: some are not gone, which a process is
    // that waits for a device, or that has made itself another user's.
    public async Task<SocketResult> StopAsync()
    {
        Child[] running;
        lock (_gate)
        {
            _isStopping = true;
            running = [.. _running];
            if (_count == 0) _allGone.TrySetResult();
        }

        foreach (var child in running) child.Stop(ChildStop.Stopped);
        try
        {
            await _allGone.Task.WaitAsync(options.StopTimeout * 2, time).ConfigureAwait(false);
            return SocketResult.Success;
        }
        catch (TimeoutException)
        {
            lock (_gate) running = [.. _running];
            var which = string.Join(", ", running.Select(child => child.ProcessId));
            return new SocketResult(ResultCode.EETIMEDOUT, $"Not gone, though killed: {which}");
        }
    }

    internal void Add(Child child)
    {
        lock (_gate) _running.Add(child);
    }

    internal void Remove(Child child)
    {
        lock (_gate) _running.Remove(child);
        Leave();
    }

    private void Leave()
    {
        lock (_gate)
        {
            _count--;
            if (_count == 0 && _isStopping) _allGone.TrySetResult();
        }
    }

    private ChildOr Run(ChildProgram program, ChildDescriptors descriptors)
    {
        using var borrowed = new Borrowed(descriptors);
        var error = borrowed.Block(descriptors);
        var process = 0;
        if (error is Errno.None)
        {
            error = descriptors is ChildDescriptors.Listeners
                ? RunByShell(program, descriptors, borrowed.Numbers, out process)
                : Spawning.Start(
                    program.Path,
                    program.Directory,
                    [program.Name ?? program.Path, .. program.Arguments],
                    ChildVariables.Of(program, descriptors),
                    borrowed.Numbers,
                    out process);
        }

        if (error is Errno.None) return Watch(process, program);
        borrowed.Unblock();
        return Not(SpawnErrors.Of(error), program, ErrnoName.Of(error));
    }

    // What the shell could not run it would say by its exit code only, so that is asked before.
    private static Errno RunByShell(
        ChildProgram program, ChildDescriptors descriptors, ReadOnlySpan<int> numbers, out int process)
    {
        process = 0;
        if (ProcessCalls.Access(program.Path, ProcessCalls.MayExecute) != 0) return Errors.Last;
        return Spawning.Start(
            Shell,
            program.Directory,
            ["sh", "-c", SayWhoListens, "sh", program.Path, .. program.Arguments],
            ChildVariables.Of(program, descriptors),
            numbers,
            out process);
    }

    private unsafe ChildOr Watch(int process, ChildProgram program)
    {
        var watch = ProcessCalls.OpenProcess(process);
        if (watch >= 0)
        {
            var child = new Child(process, engine.Place(watch, isShared: false), this, program.Limit, time);
            return new ChildOr(child, SocketResult.Success);
        }

        var error = Errors.Last;
        if (ProcessCalls.IsOurs(process)) _ = ProcessCalls.Signal(-process, ProcessCalls.SignalKill);
        var status = 0;
        while (ProcessCalls.Wait(process, &status, 0) < 0 && Errors.Last is Errno.Interrupted)
        {
        }

        return Not(SpawnErrors.Of(error), program, $"it cannot be watched: {ErrnoName.Of(error)}");
    }

    private static ChildOr Not(ResultCode code, ChildProgram program, string why)
    {
        var where = program.Directory is { } directory ? $" in {directory}" : "";
        return new ChildOr(null, new SocketResult(code, $"{program.Path} was not started{where}: {why}"));
    }
}
