namespace Handoff.Transport.Engine.Linux;

// Looks from time to time whether a loop is still in the round that it was in, which costs the loops nothing.
internal sealed class LoopWatch : IDisposable
{
    private readonly IReadOnlyList<EventLoop> _loops;
    private readonly Action<LoopStall> _stalled;
    private readonly TimeProvider _time;
    private readonly TimeSpan _after;
    private readonly Seen[] _seen;
    private readonly ITimer _timer;

    public LoopWatch(
        IReadOnlyList<EventLoop> loops, TimeSpan after, Action<LoopStall> stalled, TimeProvider time)
    {
        _loops = loops;
        _after = after;
        _stalled = stalled;
        _time = time;
        _seen = new Seen[loops.Count];
        _timer = time.CreateTimer(static watch => ((LoopWatch)watch!).Look(), this, after, after);
    }

    public void Dispose() => _timer.Dispose();

    public void Look()
    {
        lock (_seen)
        {
            for (var i = 0; i < _seen.Length; i++) Look(_loops[i], ref _seen[i]);
        }
    }

    private void Look(EventLoop loop, ref Seen seen)
    {
        var (round, busyWith) = loop.Doing;
        if (busyWith is not null && seen.BusyWith is not null && round == seen.Round)
        {
            if (seen.IsTold || _time.GetElapsedTime(seen.Since) < _after) return;
            seen = seen with { IsTold = true };
            Tell(loop, seen, isOver: false);
            return;
        }

        if (seen.IsTold) Tell(loop, seen, isOver: true);
        seen = new Seen(round, busyWith, _time.GetTimestamp(), IsTold: false);
    }

    private void Tell(EventLoop loop, Seen seen, bool isOver) => _stalled(new LoopStall(
        loop.Index, seen.BusyWith!.Name?.ToString() ?? "a socket", _time.GetElapsedTime(seen.Since), isOver));

    private readonly record struct Seen(long Round, Descriptor? BusyWith, long Since, bool IsTold);
}
