namespace Handoff.Transport.Children;

// How often a program may be started: one that ends without having taken what it was started for is started again at
// once, and again. As inetd(8) has it, after too many starts in a while there are none for a while.
internal sealed class StartRate(int most, TimeSpan window, TimeSpan pause, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _starts = [];
    private long? _pausedAt;

    // Null if it may be started now, and then it counts; else why not (EEQUOTA).
    public SocketResult? TryStart()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_pausedAt is { } since && time.GetElapsedTime(since, now) is var rested && rested < pause)
                return Refusal(pause - rested);
            _pausedAt = null;
            while (_starts.TryPeek(out var first) && time.GetElapsedTime(first, now) >= window) _starts.Dequeue();
            if (_starts.Count < most)
            {
                _starts.Enqueue(now);
                return null;
            }

            _starts.Clear();
            _pausedAt = now;
            return Refusal(pause);
        }
    }

    private SocketResult Refusal(TimeSpan rest) => new(
        ResultCode.EEQUOTA,
        $"it was started {most} times within {window}, and is not for another {rest}; handoff.children.max-starts");
}
