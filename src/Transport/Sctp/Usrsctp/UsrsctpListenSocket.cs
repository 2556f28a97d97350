using System.IO.Pipelines;
using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

internal sealed unsafe class UsrsctpListenSocket : ISctpListenSocket, IUsrsctpListener, IThreadPoolWorkItem
{
    private readonly UsrsctpStack _stack;
    private readonly PipeScheduler _scheduler;
    private readonly UsrsctpHandle _handle;
    private readonly SctpSocketOptions _options;
    private readonly nint _number;
    private readonly Lock _gate = new();
    private readonly Waiter<SocketOr<ISctpSocket>> _accept;
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;
    private int _isQueued;
    private volatile bool _isClosed;

    public UsrsctpListenSocket(
        UsrsctpStack stack,
        PipeScheduler scheduler,
        nint socket,
        IReadOnlyList<IPEndPoint> local,
        SctpSocketOptions options)
    {
        (_stack, _scheduler, LocalEndPoints, _options) = (stack, scheduler, local, options);
        _handle = new UsrsctpHandle(socket);
        _accept = new Waiter<SocketOr<ISctpSocket>>(scheduler);
        _number = stack.Add(this);
        UsrsctpStack.Watch(socket, _number);
        stack.Places.Add(this, local, []);
    }

    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; }

    public ValueTask<SocketOr<ISctpSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new(ResultCode.EEINTR);
        lock (_gate)
        {
            if (Accept() is { } now) return new(now);
            _accept.Arm();
            _token = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(
                static (listener, token) => ((UsrsctpListenSocket)listener!).Cancel(token), this);
            if (Accept() is not { } late) return _accept.Armed; // else it came in between, and nobody was told
            _registration.Unregister();
            _accept.Disarm();
            return new(late);
        }
    }

    // On the stack's thread.
    public void Heard()
    {
        if (!_accept.IsWaiting || Interlocked.Exchange(ref _isQueued, 1) != 0) return;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void AskAgain() => Heard();

    public void Execute()
    {
        Volatile.Write(ref _isQueued, 0);
        Notice();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            AbortWaiting();
            _isClosed = true;
        }

        _stack.Remove(_number);
        _stack.Places.Remove(this);
        Notice();
        _handle.Leave();
    }

    private void Notice()
    {
        lock (_gate)
        {
            if (!_accept.IsWaiting || Accept() is not { } result) return;
            _registration.Unregister();
            _accept.Resolve(result);
        }

        _accept.Fire();
    }

    private void Cancel(CancellationToken token)
    {
        lock (_gate)
        {
            if (!_accept.IsWaiting || _token != token) return;
            _accept.Resolve(ResultCode.EEINTR);
        }

        _accept.Fire();
    }

    // Null where nobody waits to be accepted.
    private SocketOr<ISctpSocket>? Accept()
    {
        if (_isClosed || !_handle.TryEnter(out var socket)) return ResultCode.EEBADF;
        var accepted = UsrsctpCalls.Accept(socket, null, null);
        var error = accepted == 0 ? Errors.Last : Errno.None;
        _handle.Leave();
        if (error is Errno.TryAgain) return null;
        if (accepted == 0) return Errors.OfAccept(error);
        UsrsctpCalls.SetNonBlocking(accepted, 1);
        var newcomer = new UsrsctpSocket(
            _stack, _scheduler, SctpStyle.OneToOne, accepted, LocalEndPoints, _options.Events);
        newcomer.Accepted(accepted);
        return newcomer;
    }

    // usrsctp would shut them down as if somebody had served them.
    private void AbortWaiting()
    {
        while (Accept() is { Socket: { } waiting }) waiting.Abort();
    }
}
