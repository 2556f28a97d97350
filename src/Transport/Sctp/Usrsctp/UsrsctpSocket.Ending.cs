using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// How a one-to-one socket begins, and how any ends.
internal sealed partial class UsrsctpSocket
{
    // Until it is up. Whoever fails to connect aborts the socket.
    public async ValueTask<ResultCode> ConnectAsync(
        IReadOnlyList<IPEndPoint> peer,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        using var overdue = new CancellationTokenSource(timeout, timeProvider);
        using var late = overdue.Token.UnsafeRegister(static socket => ((UsrsctpSocket)socket!).StopWaiting(), this);
        using var cancel =
            cancellationToken.UnsafeRegister(static socket => ((UsrsctpSocket)socket!).StopWaiting(), this);
        var code = Begin(peer);
        while (code is ResultCode.EEWOULDBLOCK)
        {
            code = (await WaitReadableAsync().ConfigureAwait(false)).Code;
            if (code is ResultCode.EESUCCESS) code = Outcome();
        }

        _isWaitStopped = false;
        return code is not ResultCode.EEINTR ? code
            : cancellationToken.IsCancellationRequested ? ResultCode.EEINTR
            : ResultCode.EETIMEDOUT;
    }

    // One that was accepted. Its Up was told to nobody if the listener had taken it.
    public void Accepted(nint socket)
    {
        if (StatusOf(socket, 0) is { } status) Association = status.Association;
        RemoteEndPoint = UsrsctpAddresses.OfPeer(socket, 0)?[0];
        LocalEndPoints = UsrsctpAddresses.OfLocal(socket, 0) ?? LocalEndPoints;
    }

    // Graceful, except for the associations with messages that nobody received; of those usrsctp would let all of the
    // socket be aborted, and for events that nobody received, too.
    public void Dispose()
    {
        if (!Close()) return;
        lock (_receiving)
        {
            if (_handle.TryEnter(out var socket))
            {
                Drain(socket);
                _handle.Leave();
            }
        }

        _handle.Leave();
    }

    public unsafe void Abort()
    {
        if (!Close()) return;
        if (_handle.TryEnter(out var socket))
        {
            var linger = stackalloc int[] { 1, 0 };
            UsrsctpCalls.SetOption(socket, UsrsctpNumbers.OfSocket, UsrsctpNumbers.Linger, (byte*)linger, 8);
            _handle.Leave();
        }

        _handle.Leave();
    }

    private bool Close()
    {
        lock (_gate)
        {
            if (_isClosed) return false;
            _isClosed = true;
        }

        _stack.Remove(_number);
        _stack.Places.Remove(this);
        Notice(mayWrite: false);
        return true;
    }

    private unsafe ResultCode Begin(IReadOnlyList<IPEndPoint> peer)
    {
        if (!_handle.TryEnter(out var socket)) return ResultCode.EEBADF;
        fixed (byte* names = UsrsctpAddresses.Write(peer))
        {
            var association = 0;
            var code = UsrsctpCalls.Connect(socket, names, peer.Count, &association) == 0
                || Errors.Last is Errno.InProgress
                ? ResultCode.EEWOULDBLOCK
                : Errors.OfConnect(Errors.Last);
            _handle.Leave();
            return code;
        }
    }

    // What was heard is kept for the owner.
    private ResultCode Outcome()
    {
        Span<byte> buffer = stackalloc byte[16]; // an event; a message cannot be there
        lock (_receiving)
        {
            if (!_handle.TryEnter(out var socket)) return ResultCode.EEBADF;
            var heard = Receive(socket, buffer);
            if (heard.Event is SctpUp) Accepted(socket);
            _handle.Leave();
            switch (heard)
            {
                case { Event: SctpCannotStart failed }:
                    return failed.Code;
                case { Event: SctpLost lost }:
                    return lost.Code;
                case { Event: SctpUp }:
                    lock (_gate) _early.Enqueue(heard);
                    return ResultCode.EESUCCESS;
                case { Event: not null }:
                    lock (_gate) _early.Enqueue(heard);
                    return ResultCode.EEWOULDBLOCK;
                default:
                    return heard.Code is ResultCode.EENOTCONN ? ResultCode.EECONNREFUSED : heard.Code;
            }
        }
    }

    private void Drain(nint socket)
    {
        const int Abandoned = 512;
        Span<byte> buffer = stackalloc byte[Abandoned];
        var aborted = new HashSet<SctpAssociationId>();
        while (Receive(socket, buffer) is { IsSuccess: true } unread)
        {
            if (unread.Event is not null || !aborted.Add(unread.Info.Association)) continue;
            var abort = new SctpSendInfo { Association = unread.Info.Association, Flags = SctpSendFlags.Abort };
            lock (_sending) Send(socket, default, abort, null);
        }
    }
}
