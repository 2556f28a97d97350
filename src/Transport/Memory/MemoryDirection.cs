using System.Buffers;
using System.IO.Pipelines;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Memory;

// One direction of a connection. Methods are called under the pair's gate; what they resolved is fired after it.
internal sealed class MemoryDirection(Lock gate, PipeScheduler scheduler, int capacity)
{
    private readonly Ring _ring = new(capacity);
    private readonly Waiter<IoResult> _receiver = new(scheduler);
    private readonly Waiter<IoResult> _sender = new(scheduler);
    private Memory<byte> _into;
    private ReadOnlySequence<byte> _from;
    private SenderEnd _senderEnd;
    private ReceiverEnd _receiverEnd;
    private bool _isWaitStopped;

    private enum SenderEnd
    {
        Open,
        Finished,
        Reset,
    }

    private enum ReceiverEnd
    {
        Open,
        Closed,
    }

    public bool HasUnread => _ring.Length > 0;

    public bool IsReset => _senderEnd is SenderEnd.Reset;

    // An empty buffer asks for readiness only.
    public ValueTask<IoResult> Receive(Memory<byte> into)
    {
        var fired = default(Waiter<IoResult>);
        ValueTask<IoResult> result;
        lock (gate)
        {
            if (TryReceive(into, ref fired, out var now))
            {
                result = new ValueTask<IoResult>(now);
            }
            else
            {
                _into = into;
                _receiver.Arm();
                result = _receiver.Armed;
            }
        }

        fired?.Fire();
        return result;
    }

    public ValueTask<IoResult> Send(in ReadOnlySequence<byte> from)
    {
        var fired = default(Waiter<IoResult>);
        ValueTask<IoResult> result;
        lock (gate)
        {
            if (TrySend(from, ref fired, out var now))
            {
                result = new ValueTask<IoResult>(now);
            }
            else
            {
                _from = from;
                _sender.Arm();
                result = _sender.Armed;
            }
        }

        fired?.Fire();
        return result;
    }

    public void Finish(ref Waiter<IoResult>? fired)
    {
        if (_senderEnd is SenderEnd.Open) _senderEnd = SenderEnd.Finished;
        NoticeReceiver(ref fired);
    }

    // What was sent is still received, then the reset.
    public void Reset(ref Waiter<IoResult>? fired)
    {
        _senderEnd = SenderEnd.Reset;
        NoticeReceiver(ref fired);
    }

    // The receiving end is gone: its own pending call ends, and the sender learns of it.
    public void CloseReceiver(ref Waiter<IoResult>? firedReceiver, ref Waiter<IoResult>? firedSender)
    {
        _receiverEnd = ReceiverEnd.Closed;
        _ring.Clear();
        if (_receiver.IsWaiting) ResolveReceiver(IoResult.Failed(ResultCode.EEBADF), ref firedReceiver);
        if (_sender.IsWaiting) ResolveSender(IoResult.Failed(ResultCode.EERESET), ref firedSender);
    }

    public void StopWaiting(ref Waiter<IoResult>? fired)
    {
        _isWaitStopped = true;
        NoticeReceiver(ref fired);
    }

    // The sending end is gone: its own pending call ends.
    public void CloseSender(ref Waiter<IoResult>? fired)
    {
        if (_sender.IsWaiting) ResolveSender(IoResult.Failed(ResultCode.EEBADF), ref fired);
    }

    private bool TryReceive(Memory<byte> into, ref Waiter<IoResult>? fired, out IoResult result)
    {
        result = (_receiverEnd, _senderEnd, HasUnread) switch
        {
            (ReceiverEnd.Closed, _, _) => IoResult.Failed(ResultCode.EEBADF),
            (_, _, true) => IoResult.Moved(_ring.Read(into.Span)),
            (_, SenderEnd.Finished, _) => IoResult.Moved(0),
            (_, SenderEnd.Reset, _) => IoResult.Failed(ResultCode.EERESET),
            _ when _isWaitStopped && into.IsEmpty => IoResult.Failed(ResultCode.EEINTR),
            _ => default,
        };
        if (result.Bytes > 0 && _sender.IsWaiting && TrySend(_from, ref fired, out var sent))
            ResolveSender(sent, ref fired);
        return result.Code is not ResultCode.None;
    }

    private bool TrySend(in ReadOnlySequence<byte> from, ref Waiter<IoResult>? fired, out IoResult result)
    {
        result = (_receiverEnd, _senderEnd, _ring.Free) switch
        {
            (ReceiverEnd.Closed, _, _) => IoResult.Failed(ResultCode.EERESET),
            (_, SenderEnd.Finished or SenderEnd.Reset, _) => IoResult.Failed(ResultCode.EEBADF),
            (_, _, > 0) => IoResult.Moved(_ring.Write(from)),
            _ => default,
        };
        if (result.Bytes > 0) NoticeReceiver(ref fired);
        return result.Code is not ResultCode.None;
    }

    private void NoticeReceiver(ref Waiter<IoResult>? fired)
    {
        // A waiting receiver means that nothing was unread, so that no sender waits for room.
        var none = default(Waiter<IoResult>);
        if (_receiver.IsWaiting && TryReceive(_into, ref none, out var received)) ResolveReceiver(received, ref fired);
    }

    private void ResolveReceiver(IoResult result, ref Waiter<IoResult>? fired)
    {
        _into = default;
        _receiver.Resolve(result);
        fired = _receiver;
    }

    private void ResolveSender(IoResult result, ref Waiter<IoResult>? fired)
    {
        _from = default;
        _sender.Resolve(result);
        fired = _sender;
    }
}
