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

    // Shared: another process may have it too, so that closing it here does not end the watch.
    private readonly bool _isShared;

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

        return Watch(Always) is { } failure ? new(IoResult.Failed(failure)) : WaitAsync();
    }

    public ValueTask<IoResult> WaitWritableAsync()
    {
        var writable = Writable();
        return Watch(Always | Native.Writable) is { } failure
            ? new(IoResult.Failed(failure))
            : writable.WaitAsync();
    }

    // Ends the wait for room that is pending, and no later one.
    public void InterruptWritable() => Volatile.Read(ref _writable)?.Interrupt();

    // To be called before a send, so that room that is made meanwhile is not missed.
    public void ClearWritable() => Volatile.Read(ref _writable)?.Clear();

    // Called by the loop.
    public void OnEvents(uint events)
    {
        const uint Ends = Native.Error | Native.HungUp;
        _turns = 0;
        if ((events & (Native.PeerFinished | Native.Urgent | Ends)) != 0) _drain = true;
        if ((events & (Native.Writable | Ends)) != 0) Volatile.Read(ref _writable)?.Report();
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
