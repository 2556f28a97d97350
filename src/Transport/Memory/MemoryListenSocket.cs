using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Memory;

internal sealed class MemoryListenSocket(MemoryNetwork network, MemoryEndPoint place, int backlog) : IListenSocket
{
    private readonly Lock _gate = new();
    private readonly Queue<IStreamSocket> _accepted = new();
    private readonly LinkedList<MemoryConnect> _connecting = new();
    private readonly Waiter<SocketOr<IStreamSocket>> _acceptor = new(network.Scheduler);
    private bool _isClosed;
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;

    public MemoryEndPoint Place => place;

    public EndPoint LocalEndPoint => place;

    public ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new(ResultCode.EEINTR);
        MemoryConnect? admitted = null;
        SocketOr<IStreamSocket> result;
        lock (_gate)
        {
            if (_isClosed) return new(ResultCode.EEBADF);
            if (!_accepted.TryDequeue(out var socket))
            {
                _acceptor.Arm();
                _token = cancellationToken;
                _registration = cancellationToken.UnsafeRegister(
                    static (listener, token) => ((MemoryListenSocket)listener!).CancelAccept(token), this);
                return _acceptor.Armed;
            }

            result = new SocketOr<IStreamSocket>(socket, ResultCode.EESUCCESS);
            if (_connecting.First is { } first)
            {
                _connecting.RemoveFirst();
                admitted = first.Value;
                var (near, far) = network.Pair(place);
                _accepted.Enqueue(far);
                admitted.Resolve(new SocketOr<IStreamSocket>(near, ResultCode.EESUCCESS));
            }
        }

        admitted?.Fire();
        return new(result);
    }

    // Connected is who found room among those that wait to be accepted; others wait for room.
    public ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new(ResultCode.EEINTR);
        IStreamSocket near;
        lock (_gate)
        {
            if (_isClosed) return new(ResultCode.EECONNREFUSED);
            if (_accepted.Count >= backlog)
            {
                var connect = new MemoryConnect(this, network.Scheduler);
                _connecting.AddLast(connect);
                return connect.Wait(timeout, timeProvider, cancellationToken);
            }

            (near, var far) = network.Pair(place);
            if (!_acceptor.IsWaiting)
            {
                _accepted.Enqueue(far);
                return new(new SocketOr<IStreamSocket>(near, ResultCode.EESUCCESS));
            }

            ResolveAcceptor(new SocketOr<IStreamSocket>(far, ResultCode.EESUCCESS));
        }

        _acceptor.Fire();
        return new(new SocketOr<IStreamSocket>(near, ResultCode.EESUCCESS));
    }

    public void GiveUp(MemoryConnect connect, ResultCode why)
    {
        lock (_gate)
        {
            if (!_connecting.Remove(connect)) return;
            connect.Resolve(why);
        }

        connect.Fire();
    }

    public void Dispose()
    {
        MemoryConnect[] refused;
        IStreamSocket[] reset;
        var isAcceptorTold = false;
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            refused = [.. _connecting];
            reset = [.. _accepted];
            _connecting.Clear();
            _accepted.Clear();
            foreach (var connect in refused) connect.Resolve(ResultCode.EECONNREFUSED);
            if (_acceptor.IsWaiting)
            {
                isAcceptorTold = true;
                ResolveAcceptor(ResultCode.EEBADF);
            }
        }

        network.Forget(this);
        foreach (var connect in refused) connect.Fire();
        foreach (var socket in reset) socket.Abort();
        if (isAcceptorTold) _acceptor.Fire();
    }

    private void CancelAccept(CancellationToken token)
    {
        lock (_gate)
        {
            if (!_acceptor.IsWaiting || _token != token) return;
            ResolveAcceptor(ResultCode.EEINTR);
        }

        _acceptor.Fire();
    }

    private void ResolveAcceptor(SocketOr<IStreamSocket> result)
    {
        _registration.Unregister();
        _registration = default;
        _token = default;
        _acceptor.Resolve(result);
    }
}
