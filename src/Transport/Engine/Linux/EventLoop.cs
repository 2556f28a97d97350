using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Handoff.Transport.Engine.Linux;

// A thread that waits for events of its descriptors and reports them (epoll(7), edge-triggered). Whoever awaits a
// descriptor goes on right here, and with it the owner that asked for that.
internal sealed unsafe class EventLoop
{
    private const int MostEvents = 256;
    private const int MostHopes = 8;

    // About as long as the polls take.
    private static readonly TimeSpan Soon = TimeSpan.FromMicroseconds(50);

    // struct epoll_event is packed on x64 and nowhere else.
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture
        is System.Runtime.InteropServices.Architecture.X64;
    private static readonly int EventSize = IsPacked ? 12 : 16;
    private static readonly int DataOffset = IsPacked ? 4 : 8;

    [ThreadStatic]
    private static EventLoop? current;

    private readonly Lock _gate = new();
    private readonly List<Descriptor> _postponed = [];
    private readonly int _poll;
    private readonly int _wake;
    private readonly int? _processor;
    private readonly int _polls;
    private readonly TaskCompletionSource<Errno> _started = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Descriptor?[] _byNumber = new Descriptor?[64];
    private int _generation;
    private bool _isStopping;
    private bool _isClosed;
    private int _hopes;
    private long _rounds;
    private volatile Descriptor? _busyWith;

    private EventLoop(int poll, int wake, int index, int? processor, int polls, DescriptorReserve reserve)
    {
        _poll = poll;
        _wake = wake;
        _processor = processor;
        _polls = polls;
        Index = index;
        Reserve = reserve;
    }

    public int Index { get; }

    public DescriptorReserve Reserve { get; }

    public bool IsCurrent => ReferenceEquals(current, this);

    // Completes when the thread has ended and its descriptors are closed.
    public Task Ended => _ended.Task;

    // What the loop is doing, for the watch: the number of the round, and whose events it is carrying out.
    public (long Round, Descriptor? BusyWith) Doing => (Volatile.Read(ref _rounds), _busyWith);

    public static SocketOr<EventLoop> Start(int index, int? processor, int polls, DescriptorReserve reserve)
    {
        var poll = SystemCalls.CreatePoll(Native.CloseOnExec);
        if (poll < 0) return Errors.OfSocket(Errors.Last);
        var wake = SystemCalls.CreateEvent(0, Native.CloseOnExec | Native.NonBlocking);
        if (wake < 0)
        {
            var error = Errors.Last;
            _ = SystemCalls.Close(poll);
            return Errors.OfSocket(error);
        }

        var loop = new EventLoop(poll, wake, index, processor, polls, reserve);
        var failure = loop.Control(Native.Add, wake, Native.Readable | Native.EdgeTriggered, generation: 0);
        if (failure is not Errno.None)
        {
            _ = SystemCalls.Close(wake);
            _ = SystemCalls.Close(poll);
            return Errors.OfWatch(failure);
        }

        new Thread(loop.Run) { IsBackground = true, Name = $"handoff-loop-{index}" }.Start();
        if (loop._started.Task.Result is not Errno.None and var refused)
            throw new ArgumentException($"Loop {index} cannot run on processor {processor}: errno {refused}.");
        return loop;
    }

    public Errno Add(Descriptor descriptor, uint interest)
    {
        lock (_gate)
        {
            if (_isStopping) return Errno.BadDescriptor;
            var number = descriptor.Number;
            if (number >= _byNumber.Length)
                Array.Resize(ref _byNumber, Math.Max(number + 1, _byNumber.Length * 2));
            descriptor.Generation = ++_generation;
            Volatile.Write(ref _byNumber[number], descriptor);
            var error = Control(Native.Add, number, interest, descriptor.Generation);
            if (error is not Errno.None) _byNumber[number] = null;
            return error;
        }
    }

    public Errno Change(Descriptor descriptor, uint interest)
    {
        lock (_gate)
        {
            return _isStopping
                ? Errno.BadDescriptor
                : Control(Native.Modify, descriptor.Number, interest, descriptor.Generation);
        }
    }

    // Gone: the descriptor is about to be closed and nobody else has it, which ends the watch by itself.
    public void Remove(Descriptor descriptor, bool isGone)
    {
        lock (_gate)
        {
            _byNumber[descriptor.Number] = null;
            if (!isGone && !_isClosed) Control(Native.Delete, descriptor.Number, 0, 0);
        }
    }

    // Only on the loop.
    public void Postpone(Descriptor descriptor) => _postponed.Add(descriptor);

    // Any thread, idempotent. What the wake's number is once the loop has ended is somebody else's.
    public void Stop()
    {
        lock (_gate)
        {
            _isStopping = true;
            if (_isClosed) return;
            var one = 1UL;
            _ = SystemCalls.Write(_wake, &one, sizeof(ulong));
        }
    }

    private void Run()
    {
        current = this;
        _started.SetResult(_processor is { } processor ? Pin(processor) : Errno.None);
        var events = stackalloc byte[MostEvents * EventSize];
        while (!Volatile.Read(ref _isStopping))
        {
            var count = Wait(events);
            _rounds++;
            if (count < 0 && Errors.Last is not Errno.Interrupted)
                throw new InvalidOperationException($"epoll_wait failed with errno {Errors.Last}.");
            var postponed = _postponed.Count;
            for (var i = 0; i < count; i++) Dispatch(events + (i * EventSize));
            GoOn(postponed);
            _busyWith = null;
        }

        End();
    }

    // A thread that sleeps is woken late, later than the answer to an answer takes to come. So where events follow
    // each other closely they are asked for a while before the thread sleeps, and where that was in vain no more.
    private int Wait(byte* events)
    {
        if (_postponed.Count > 0) return SystemCalls.WaitPoll(_poll, events, MostEvents, 0);
        for (var i = 0; i < _polls && _hopes > 0; i++)
        {
            var count = SystemCalls.WaitPoll(_poll, events, MostEvents, 0);
            if (count == 0) continue;
            _hopes = MostHopes;
            return count;
        }

        if (_hopes > 0) _hopes--;
        if (_polls == 0) return SystemCalls.WaitPoll(_poll, events, MostEvents, -1);
        var slept = Stopwatch.GetTimestamp();
        var woken = SystemCalls.WaitPoll(_poll, events, MostEvents, -1);
        if (Stopwatch.GetElapsedTime(slept) < Soon) _hopes = Math.Min(_hopes + 2, MostHopes);
        return woken;
    }

    private void Dispatch(byte* pollEvent)
    {
        var flags = *(uint*)pollEvent;
        var number = *(int*)(pollEvent + DataOffset);
        var generation = *(int*)(pollEvent + DataOffset + sizeof(int));
        if (generation == 0) return; // the wake-up, whose only message is that the loop has to look around
        var table = Volatile.Read(ref _byNumber);
        if (number >= table.Length || Volatile.Read(ref table[number]) is not { } descriptor) return;
        if (descriptor.Generation != generation) return;
        _busyWith = descriptor;
        descriptor.OnEvents(flags);
    }

    // Those that were postponed before this round.
    private void GoOn(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _busyWith = _postponed[i];
            _postponed[i].GoOn();
        }

        _postponed.RemoveRange(0, count);
    }

    // sched_setaffinity(2)
    private static Errno Pin(int processor)
    {
        const int Bits = 64;
        var words = (processor / Bits) + 1;
        var mask = stackalloc ulong[words];
        new Span<ulong>(mask, words).Clear();
        mask[processor / Bits] = 1UL << (processor % Bits);
        return SystemCalls.SetAffinity(0, (nuint)(words * sizeof(ulong)), mask) == 0 ? Errno.None : Errors.Last;
    }

    private void End()
    {
        foreach (var descriptor in Volatile.Read(ref _byNumber)) descriptor?.Close();
        lock (_gate)
        {
            _isClosed = true;
            _ = SystemCalls.Close(_wake);
            _ = SystemCalls.Close(_poll);
        }

        _ended.SetResult();
    }

    private Errno Control(int operation, int number, uint interest, int generation)
    {
        var pollEvent = stackalloc byte[EventSize];
        *(uint*)pollEvent = interest;
        *(int*)(pollEvent + DataOffset) = number;
        *(int*)(pollEvent + DataOffset + sizeof(int)) = generation;
        return SystemCalls.ControlPoll(_poll, operation, number, pollEvent) == 0 ? Errno.None : Errors.Last;
    }
}
