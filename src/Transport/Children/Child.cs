using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

// A process of ours, and its group, until it is reaped. Its end is an event of a loop (pidfd_open(2)): nothing waits
// for it by a thread. The group ends with it: as long as it is not reaped its number is nobody else's.
internal sealed class Child
{
    private readonly Lock _gate = new();
    private readonly ChildSupervisor _supervisor;
    private readonly Descriptor _watch;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly ITimer? _limit;
    private ITimer? _patience;
    private Phase _phase;
    private ChildStop _why;

    public Child(int process, Descriptor watch, ChildSupervisor supervisor, TimeSpan? limit, TimeProvider time)
    {
        ProcessId = process;
        watch.Name = this;
        (_watch, _supervisor, _time, _began) = (watch, supervisor, time, time.GetTimestamp());
        supervisor.Add(this);
        if (limit is { } most)
        {
            _limit = time.CreateTimer(
                static child => ((Child)child!).Stop(ChildStop.TimedOut), this, most, Timeout.InfiniteTimeSpan);
        }

        Ended = WatchAsync();
    }

    private enum Phase
    {
        Running,
        ToldToEnd,
        Killed,
        Reaped,
    }

    public int ProcessId { get; }

    public Task<ChildReport> Ended { get; }

    // Idempotent; the first reason counts.
    public void Stop(ChildStop why)
    {
        lock (_gate)
        {
            if (_phase is not Phase.Running) return;
            (_phase, _why) = (Phase.ToldToEnd, why);
            Signal(ProcessCalls.SignalTerminate);

            // One that stands still (SIGSTOP) would hear of it only when it goes on.
            Signal(ProcessCalls.SignalContinue);
            _patience = _time.CreateTimer(
                static child => ((Child)child!).Kill(), this, _supervisor.Options.StopTimeout,
                Timeout.InfiniteTimeSpan);
        }
    }

    public override string ToString() => $"process {ProcessId}";

    private void Kill()
    {
        lock (_gate)
        {
            if (_phase is not Phase.ToldToEnd) return;
            _phase = Phase.Killed;
            Signal(ProcessCalls.SignalKill);
        }
    }

    // To its group. Refused (EPERM) where the program has made itself another user's.
    private void Signal(int signal)
    {
        if (ProcessCalls.IsOurs(ProcessId)) _ = ProcessCalls.Signal(-ProcessId, signal);
    }

    private async Task<ChildReport> WatchAsync()
    {
        ChildEnd? end = null;
        while (end is null)
        {
            var ready = await _watch.WaitReadableAsync().ConfigureAwait(false);

            // Off the loop, and out of the constructor.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            end = ready.IsSuccess ? Reap(ProcessCalls.NoHang) : EndUnwatched();
        }

        _watch.Close();
        _limit?.Dispose();
        _patience?.Dispose();
        _supervisor.Remove(this);
        return new ChildReport(end, _why, _time.GetElapsedTime(_began));
    }

    private ChildEnd EndUnwatched()
    {
        lock (_gate)
        {
            if (_phase is Phase.Running) _why = ChildStop.Unwatched;
            _phase = Phase.Killed;
            Signal(ProcessCalls.SignalKill);
        }

        return Reap(options: 0)!;
    }

    // Null: it has ended, and who traces it has to know first (ptrace(2)); then it is reported once more.
    private unsafe ChildEnd? Reap(int options)
    {
        _watch.Clear();
        lock (_gate)
        {
            Signal(ProcessCalls.SignalKill);
            int reaped, status = 0;
            do reaped = ProcessCalls.Wait(ProcessId, &status, options);
            while (reaped < 0 && Errors.Last is Errno.Interrupted);
            if (reaped == 0) return null;
            _phase = Phase.Reaped;
            return reaped == ProcessId ? ChildEnd.OfStatus(status) : new ChildEnd.Untold();
        }
    }
}
