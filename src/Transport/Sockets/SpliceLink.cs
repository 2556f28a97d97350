namespace Handoff.Transport.Sockets;

// Two connections whose bytes go to each other instead of to their owner, as with SO_SPLICE (sosplice(9)). It has no
// thread: whichever pump has brought bytes or made room moves them, under both gates, so that each byte is in one
// place whenever the link is dissolved.
internal sealed class SpliceLink
{
    private readonly ConnectionCore _near;
    private readonly ConnectionCore _far;
    private readonly Lock _first;
    private readonly Lock _second;
    private readonly SpliceWay _there;
    private readonly SpliceWay? _back;
    private readonly ISpliceListener _listener;
    private Step _step;

    private SpliceLink(ConnectionCore near, ConnectionCore far, in SpliceTerms terms, ISpliceListener listener)
    {
        (_near, _far, _listener) = (near, far, listener);
        _there = new SpliceWay(near, far, terms.There, passesEndOn: terms.BothWays);
        _back = terms.BothWays ? new SpliceWay(far, near, terms.Back, passesEndOn: true) : null;

        // Two links may meet at the same two gates, one that is over and the next.
        (_first, _second) = near.Number < far.Number ? (near.Gate, far.Gate) : (far.Gate, near.Gate);
    }

    private enum Step
    {
        Joined,
        Moving,
        Ended,
    }

    public long Moved
    {
        get
        {
            lock (_first)
            {
                lock (_second) return _there.Moved + BackMoved;
            }
        }
    }

    private long BackMoved => _back?.Moved ?? 0;

    private bool IsWhole => _near.Delivery is Delivery.Spliced && _near.Ending.Refusal.IsSuccess
        && _far.Delivery is Delivery.Spliced && _far.Ending.Refusal.IsSuccess;

    // Nothing is moved before Start. A refusal has no side effect: EEBADF (closed), EEBUSY (spliced already, a read
    // result is open, bytes are not flushed, a flush or a write is pending), EEALREADY (paused), EENOTCONN.
    public static (SpliceLink? Link, SocketResult Result) Join(
        SocketConnection near, SocketConnection far, in SpliceTerms terms, ISpliceListener listener)
    {
        if (ReferenceEquals(near, far)) throw new ArgumentException("A connection with itself.", nameof(far));
        var link = new SpliceLink(near.Core, far.Core, terms, listener);
        lock (link._first)
        {
            lock (link._second)
            {
                if ((near.Core.SpliceObstacle() ?? far.Core.SpliceObstacle()) is { } obstacle) return (null, obstacle);
                near.Core.Splice(link);
                far.Core.Splice(link);
            }
        }

        return (link, SocketResult.Success);
    }

    public void Start()
    {
        lock (_first)
        {
            lock (_second)
            {
                if (_step is Step.Joined) _step = Step.Moving;
            }
        }

        Run();
    }

    // Something has come, there is room again, or something is over. Any thread, outside the gates.
    public void Run()
    {
        var (near, far) = (default(Wakes), default(Wakes));
        (SpliceEnd Why, SocketResult Result) end;
        lock (_first)
        {
            lock (_second)
            {
                if (_step is not Step.Moving) return;
                if (IsWhole)
                {
                    _there.Move(ref near, ref far);
                    _back?.Move(ref far, ref near);
                }

                end = Decide();
            }
        }

        near.Fire();
        far.Fire();
        if (end.Why is not SpliceEnd.None) End(end.Why, end.Result);
    }

    // Both connections are their owner's again; the first call wins. Any thread, outside the gates.
    public void End(SpliceEnd why, SocketResult result)
    {
        SpliceOutcome outcome;
        lock (_first)
        {
            lock (_second)
            {
                if (_step is Step.Ended) return;
                _step = Step.Ended;
                _near.Unsplice();
                _far.Unsplice();
                outcome = new SpliceOutcome(why, result, _there.Moved, BackMoved);
            }
        }

        _listener.OnEnded(outcome);
        var (near, far) = (default(Wakes), default(Wakes));
        lock (_first)
        {
            lock (_second)
            {
                _near.Forget(this, ref near);
                _far.Forget(this, ref far);
            }
        }

        near.Fire();
        far.Fire();
    }

    private (SpliceEnd Why, SocketResult Result) Decide()
    {
        if (!IsWhole) return (SpliceEnd.Closed, new(ResultCode.EEBADF, "one of the two was closed"));
        if (_there.IsAtLimit || _back is { IsAtLimit: true }) return (SpliceEnd.Limit, SocketResult.Success);
        if (_there.IsOver && _back is null or { IsOver: true }) return (SpliceEnd.Finished, SocketResult.Success);
        return (_there.Failure ?? _back?.Failure) is { } failure
            ? (SpliceEnd.Failed, failure)
            : (SpliceEnd.None, SocketResult.Success);
    }
}
