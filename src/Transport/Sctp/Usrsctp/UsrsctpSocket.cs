using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// A socket of the stack in this process. Receives, sends and a peel take their locks in this order; the stack's own
// thread takes none of ours.
internal sealed unsafe partial class UsrsctpSocket : ISctpSocket, IUsrsctpListener, IThreadPoolWorkItem
{
    private const int MostErrors = 2; // of the socket, each told once; what befell the association is behind them

    private readonly UsrsctpStack _stack;
    private readonly PipeScheduler _scheduler;
    private readonly UsrsctpHandle _handle;
    private readonly nint _number;
    private readonly Lock _receiving = new();
    private readonly Lock _sending = new();
    private readonly Lock _gate = new();
    private readonly Waiter<IoResult> _read;
    private readonly Waiter<IoResult> _write;
    private readonly SenderNames _senders = new();
    private readonly ArrayBufferWriter<byte> _notice = new();
    private readonly Queue<SctpReceived> _early = new(); // heard while it was connecting
    private SctpEventKinds _events;
    private int _isQueued;
    private volatile bool _hasTicked; // since somebody waits for room
    private volatile bool _isOver;
    private volatile bool _isWaitStopped;
    private volatile bool _isClosed;

    public UsrsctpSocket(
        UsrsctpStack stack,
        PipeScheduler scheduler,
        SctpStyle style,
        nint socket,
        IReadOnlyList<IPEndPoint> local,
        SctpEventKinds events)
    {
        (_stack, _scheduler, Style, LocalEndPoints, _events) = (stack, scheduler, style, local, events);
        _handle = new UsrsctpHandle(socket);
        _read = new Waiter<IoResult>(scheduler);
        _write = new Waiter<IoResult>(scheduler);
        _number = stack.Add(this);
        UsrsctpStack.Watch(socket, _number);
        if (style is SctpStyle.OneToMany) stack.Places.Add(this, local, []);
    }

    public SctpStyle Style { get; }

    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; private set; }

    public IPEndPoint? RemoteEndPoint { get; private set; }

    public SctpAssociationId Association { get; private set; }

    public SctpReceived TryReceive(Span<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        lock (_receiving)
        {
            if (_isClosed || !_handle.TryEnter(out var socket)) return SctpReceived.Failed(ResultCode.EEBADF);
            try
            {
                if (_early.TryDequeue(out var early)) return early;
                return _isOver ? SctpReceived.Failed(ResultCode.EENOTCONN) : Receive(socket, buffer);
            }
            finally
            {
                _handle.Leave();
            }
        }
    }

    public ValueTask<IoResult> WaitReadableAsync()
    {
        lock (_gate)
        {
            _read.Arm(); // first: what comes after the question is told
            if (Readiness() is not { } now) return _read.Armed;
            _read.Disarm();
            return new(now);
        }
    }

    public void StopWaiting()
    {
        _isWaitStopped = true;
        Notice(mayWrite: false);
    }

    public ValueTask<IoResult> WaitWritableAsync()
    {
        lock (_gate)
        {
            if (WriteObstacle() is { } obstacle) return new(IoResult.Failed(obstacle));
            _write.Arm();
            _hasTicked = false;
            if (Style is SctpStyle.OneToMany) _stack.Clock.Tell(this);
            return _write.Armed;
        }
    }

    // On the stack's thread, which must not be held up; and where something was found.
    public void Heard()
    {
        if (!_read.IsWaiting && !_write.IsWaiting) return;
        if (Interlocked.Exchange(ref _isQueued, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // As often as it waits for nothing, it costs a question and no turn of the thread pool.
    public void AskAgain()
    {
        _hasTicked = true;
        if ((_read.IsWaiting && Readiness() is not null)
            || (_write.IsWaiting && WriteReadiness(mayWrite: true) is not null))
        {
            Heard();
        }
    }

    // On the clock's thread, a while after somebody began to wait for room.
    public void Ticked()
    {
        _hasTicked = true;
        Heard();
    }

    // On the thread pool: whoever waited goes on here, if it is to go on there; of two, who reads.
    public void Execute()
    {
        Volatile.Write(ref _isQueued, 0);
        var isHere = ReferenceEquals(_scheduler, PipeScheduler.ThreadPool);
        var (isRead, isWritten) = Resolve(MayWrite);
        if (isWritten && isHere && !isRead) _write.Execute();
        else if (isWritten) _write.Fire();
        if (isRead && isHere) _read.Execute();
        else if (isRead) _read.Fire();
    }

    // A one-to-many socket never says that it may be written.
    private bool MayWrite => Style is not SctpStyle.OneToMany || _hasTicked;

    private void Notice(bool mayWrite)
    {
        var (isRead, isWritten) = Resolve(mayWrite);
        if (isRead) _read.Fire();
        if (isWritten) _write.Fire();
    }

    private (bool IsRead, bool IsWritten) Resolve(bool mayWrite)
    {
        lock (_gate)
        {
            return (
                _read.IsWaiting && Readiness() is { } now && Resolved(_read, now),
                _write.IsWaiting && WriteReadiness(mayWrite) is { } then && Resolved(_write, then));
        }
    }

    private static bool Resolved(Waiter<IoResult> waiter, IoResult result)
    {
        waiter.Resolve(result);
        return true;
    }

    private IoResult? Readiness()
    {
        if (_isClosed) return IoResult.Failed(ResultCode.EEBADF);
        if (_isWaitStopped) return IoResult.Failed(ResultCode.EEINTR);
        return _isOver || _early.Count > 0 || Has(UsrsctpNumbers.Read | UsrsctpNumbers.Error)
            ? IoResult.Moved(0)
            : null;
    }

    private ResultCode? WriteObstacle() =>
        _isClosed ? ResultCode.EEBADF
        : _isOver ? ResultCode.EENOTCONN
        : null;

    private IoResult? WriteReadiness(bool mayWrite) => WriteObstacle() is { } obstacle
        ? IoResult.Failed(obstacle)
        : mayWrite && (Style is SctpStyle.OneToMany || Has(UsrsctpNumbers.Write | UsrsctpNumbers.Error))
            ? IoResult.Moved(0)
            : null;

    private bool Has(int events)
    {
        if (!_handle.TryEnter(out var socket)) return false;
        var found = UsrsctpCalls.GetEvents(socket);
        _handle.Leave();
        return (found & events) != 0;
    }

    private SctpReceived Receive(nint socket, Span<byte> buffer)
    {
        var failures = 0;
        var from = stackalloc byte[UsrsctpAddresses.Largest];
        while (true)
        {
            UsrsctpInfo.Received info = default;
            var (fromLength, infoLength) = ((uint)UsrsctpAddresses.Largest, (uint)sizeof(UsrsctpInfo.Received));
            uint infoType = 0;
            var flags = 0;
            nint count;
            fixed (byte* bytes = buffer)
            {
                count = UsrsctpCalls.Receive(
                    socket, bytes, (nuint)buffer.Length, from, &fromLength, &info, &infoLength, &infoType, &flags);
            }

            if (count < 0)
            {
                var error = Errors.Last;
                if (UsrsctpErrors.IsOver(error) && ++failures <= MostErrors) continue;
                return SctpReceived.Failed(NothingThere(error));
            }

            var sender = _senders.Read(new ReadOnlySpan<byte>(from, (int)fromLength)) as IPEndPoint;
            if ((flags & UsrsctpNumbers.Notification) != 0)
            {
                if (Told(buffer[..(int)count], (flags & UsrsctpNumbers.EndOfRecord) != 0, sender) is { } told)
                    return told;
                continue;
            }

            if (count == 0) return SctpReceived.Failed(NothingThere(Errno.NotConnected));
            return new SctpReceived(
                ResultCode.EESUCCESS, (int)count, (flags & UsrsctpNumbers.EndOfRecord) != 0)
            {
                Info = UsrsctpInfo.Of(info),
                Sender = sender,
                Next = infoType == UsrsctpNumbers.ReceivedAndNext ? UsrsctpInfo.Of(info.Next) : null,
            };
        }
    }

    private ResultCode NothingThere(Errno error)
    {
        if (error is Errno.TryAgain || Style is SctpStyle.OneToMany) return ResultCode.EEWOULDBLOCK;
        if (!UsrsctpErrors.IsOver(error)) return ResultCode.EERECV;
        _isOver = true;
        return ResultCode.EENOTCONN;
    }

    // Null until all of the notification is there, and where nobody has asked for it.
    private SctpReceived? Told(ReadOnlySpan<byte> piece, bool isEnd, IPEndPoint? sender)
    {
        _notice.Write(piece);
        if (!isEnd) return null;
        var what = UsrsctpNotice.Read(_notice.WrittenSpan, WasAbortedHere);
        _notice.ResetWrittenCount();
        if (what is null || !Events.Tells(what)) return null;
        if (Style is not SctpStyle.OneToMany && what is SctpUp up) Association = up.Association;
        if (Style is not SctpStyle.OneToMany && what.IsLast()) _isOver = true;
        return SctpReceived.Of(what, sender);
    }
}
