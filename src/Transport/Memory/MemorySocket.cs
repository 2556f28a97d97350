using System.Buffers;
using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Memory;

// One end of a pair, with TCP's manners: closing with unread bytes resets the peer, as does sending to a closed end.
internal sealed class MemorySocket(
    Lock gate, MemoryDirection inbound, MemoryDirection outbound, EndPoint local, EndPoint remote) : IStreamSocket
{
    private bool _isClosed;

    public EndPoint? LocalEndPoint => local;

    public EndPoint? RemoteEndPoint => remote;

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        return inbound.Receive(buffer);
    }

    public ValueTask<IoResult> WaitReadableAsync() => inbound.Receive(default);

    public void StopWaiting()
    {
        var fired = default(Waiter<IoResult>);
        lock (gate) inbound.StopWaiting(ref fired);
        fired?.Fire();
    }

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes)
        => outbound.Send(new ReadOnlySequence<byte>(bytes));

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes) => outbound.Send(bytes);

    public ResultCode SendUrgent(byte value) => ResultCode.EEMODENOTSUPP;

    public IoResult ReceiveUrgent(Span<byte> buffer) => IoResult.Failed(ResultCode.EEMODENOTSUPP);

    public ResultCode ShutdownSend()
    {
        var fired = default(Waiter<IoResult>);
        lock (gate)
        {
            if (_isClosed) return ResultCode.EEBADF;
            if (inbound.IsReset) return ResultCode.EERESET;
            outbound.Finish(ref fired);
        }

        fired?.Fire();
        return ResultCode.EESUCCESS;
    }

    public void Abort() => Close(isReset: true);

    public void Dispose() => Close(isReset: false);

    private void Close(bool isReset)
    {
        Waiter<IoResult>? ownReceive = null, ownSend = null, peerReceive = null, peerSend = null;
        lock (gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            outbound.CloseSender(ref ownSend);
            if (isReset || inbound.HasUnread) outbound.Reset(ref peerReceive);
            else outbound.Finish(ref peerReceive);
            inbound.CloseReceiver(ref ownReceive, ref peerSend);
        }

        ownReceive?.Fire();
        ownSend?.Fire();
        peerReceive?.Fire();
        peerSend?.Fire();
    }
}
