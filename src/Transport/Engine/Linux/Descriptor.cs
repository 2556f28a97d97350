namespace Handoff.Transport.Engine.Linux;

// A descriptor, its place in a loop, and itself the readiness of its receiving side: one object, so that an event
// touches little memory. It is closed by the last call to leave once it is to be closed,
// so that no call ever meets another socket under its number. It is watched from its first wait on.
internal sealed class Descriptor : Readiness
{
    private const int Closed = int.MinValue;
    private const uint Always = Native.Readable | Native.Urgent | Native.PeerFinished | Native.EdgeTriggered;
    private const int MostTurns = 16;

    private readonly EventLoop _loop;
    private Readiness? _writable;
    private int _number;
    private int _calls;
    private uint _interest;
    private int _turns;
    private volatile bool _drain;
    private volatile bool _isPaused;
    private volatile LentEnd? _lent;

    // Another process may have it too, so that closing it here ends neither the watch nor the connection.
    private volatile bool _isShared;

    public Descriptor(int number, EventLoop loop, bool isShared)
    {
        _number = number;
        _loop = loop;
        _isShared = isShared;
        loop.Reserve.Take(number);
    }

    // Tells an event of this descriptor from one of an earlier descriptor of its number.
    public int Generation { get; set; }

    public int Number => _number;

    // Who it is, for people.
    public object? Name { get; set; }

    public bool IsClosed => Volatile.Read(ref _calls) < 0;

    public bool IsShared => _isShared;

    // Sticky: a short read says that the queue is empty only as long as neither an end nor urgent data is in it.
    public bool MustDrain => _drain;

    // The number may be used until Leave; false once it is closed.
    public bool TryEnter()
    {
        var calls = Volatile.Read(ref _calls);
        while (calls >= 0)
        {
            var seen = Interlocked.CompareExchange(ref _calls, calls + 1, calls);
            if (seen == calls) return true;
            calls = seen;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _calls) == Closed) Free(close: true);
    }

    // Waits until a receive may bring something. On its loop a descriptor that is always ready lets others go first
    // from time to time.
    public ValueTask<IoResult> WaitReadableAsync()
    {
        if (IsReady)
        {
            if (!_loop.IsCurrent || ++_turns < MostTurns) return WaitAsync();
            _loop.Postpone(this);
            return WaitOnceMoreAsync();
        }

        return Watch(Always) is { } failure ? new(IoResult.Failed(failure)) : Unpaused(this);
    }

    public ValueTask<IoResult> WaitWritableAsync()
    {
        var writable = Writable();
        return Watch(Always | Native.Writable) is { } failure
            ? new(IoResult.Failed(failure))
            : Unpaused(writable);
    }

    // Whoever waits for room tries again.
    public void ReportWritable() => Volatile.Read(ref _writable)?.Report();

    // Ends the wait for room that is pending, and no later one.
    public void InterruptWritable() => Volatile.Read(ref _writable)?.Interrupt();

    // To be called before a send, so that room that is made meanwhile is not missed.
    public void ClearWritable() => Volatile.Read(ref _writable)?.Clear();

    // Ends the waits that are pending, and each later one until it goes on, with EEINTR. What is ready is still tried.
    public void Pause()
    {
        _isPaused = true;
        Interrupt();
        InterruptWritable();
    }

    // Out of the loop, and open until Unpause whoever closes it: for another process to have it, too.
    public SocketOr<SocketDescriptor> Lend()
    {
        if (!TryEnter()) return ResultCode.EEBADF;
        lock (this)
        {
            if (_interest != 0) _loop.Remove(this, isGone: false);
            _interest = 0;
        }

        _isShared = true;
        _lent = new LentEnd();
        return SocketDescriptor.LentBy(_number);
    }

    // A second descriptor of the same open file.
    public SocketOr<SocketDescriptor> Share()
    {
        if (!TryEnter()) return ResultCode.EEBADF;
        _isShared = true;
        var copy = SystemCalls.Control(_number, Native.DuplicateClosedOnExec, 0);
        var error = copy < 0 ? Errors.Last : Errno.None;
        Leave();
        return copy < 0 ? Errors.OfSocket(error) : new SocketDescriptor(copy);
    }

    // True if it is lent: then what is asked of it waits for Unpause.
    public bool Postpones(LentEnd.Asked what) => _lent is { } lent && lent.TryPostpone(what);

    // The first wait puts it in its loop again. What was reported meanwhile may have been missed.
    public LentEnd.Asked Unpause()
    {
        _isPaused = false;
        Report();
        ReportWritable();
        if (_lent is not { } lent) return LentEnd.Asked.Nothing;
        var asked = lent.End();
        _lent = null;
        Leave();
        return asked;
    }

    // Called by the loop.
    public void OnEvents(uint events)
    {
        const uint Ends = Native.Error | Native.HungUp;
        _turns = 0;
        if ((events & (Native.PeerFinished | Native.Urgent | Ends)) != 0) _drain = true;
        if ((events & (Native.Writable | Ends)) != 0) ReportWritable();
        if ((events & ~Native.Writable) != 0) Report();
    }

    // Called by the loop: others had their turn.
    public void GoOn()
    {
        _turns = 0;
        Report();
    }

    public void Close()
    {
        var calls = Interlocked.Or(ref _calls, Closed);
        if (calls < 0) return;
        Stop();
        if (calls == 0) Free(close: true);
    }

    // Gives the descriptor out of the loop, open. Refused where a call is in flight.
    public SocketOr<SocketDescriptor> HandOut()
    {
        var calls = Interlocked.CompareExchange(ref _calls, Closed, 0);
        if (calls != 0) return calls < 0 ? ResultCode.EEBADF : ResultCode.EEBUSY;
        Stop();
        var number = _number;
        Free(close: false);
        return new SocketDescriptor(number);
    }

    // A pause that began before there was a wait to end.
    private ValueTask<IoResult> Unpaused(Readiness readiness)
    {
        var waiting = readiness.WaitAsync();
        if (_isPaused) readiness.Interrupt();
        return waiting;
    }

    private void Stop()
    {
        Readiness? writable;
        lock (this) writable = _writable;
        writable?.Stop(ResultCode.EEBADF);
        Stop(ResultCode.EEBADF);
    }

    private void Free(bool close)
    {
        lock (this)
        {
            if (_interest != 0) _loop.Remove(this, isGone: close && !_isShared);
            _interest = 0;
        }

        if (close) SystemCalls.Close(_number);
        _loop.Reserve.GiveBack(_number);
        _number = -1;
    }

    private Readiness Writable()
    {
        lock (this)
        {
            if (_writable is { } writable) return writable;
            writable = new Readiness();
            if (IsClosed) writable.Stop(ResultCode.EEBADF);
            Volatile.Write(ref _writable, writable);
            return writable;
        }
    }

    private ResultCode? Watch(uint interest)
    {
        if ((Volatile.Read(ref _interest) & interest) == interest) return null;
        lock (this)
        {
            interest |= _interest;
            if (interest == _interest) return null;
            if (!TryEnter()) return ResultCode.EEBADF;
            var error = _interest == 0 ? _loop.Add(this, interest) : _loop.Change(this, interest);
            if (error is Errno.None) Volatile.Write(ref _interest, interest);
            Leave();
            return error is Errno.None ? null : Errors.OfWatch(error);
        }
    }
}
