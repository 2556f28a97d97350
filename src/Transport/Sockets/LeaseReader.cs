using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// The fenced reading side of a lease. Every call checks under the gate that the lease is still the current one.
internal sealed class LeaseReader(ConnectionCore core, SocketLease lease)
    : PipeReader, IValueTaskSource<ReadResult>
{
    private LeaseWaiter<ReadResult>? _waiter;
    private Step _step;
    private Segment? _openLast;
    private long _openEnd;
    private bool _isCancelRequested;

    private enum Step
    {
        Idle,
        Open,
        Completed,
    }

    private enum Taken
    {
        Nothing,
        Result,
        Failure,
    }

    public bool IsCompleted => _step is Step.Completed;

    public string? Pinned => _step is Step.Open ? "A read result is open: AdvanceTo was not called" : null;

    public Segment? OpenLast => _step is Step.Open ? _openLast : null;

    private bool IsWaiting => _waiter is { IsWaiting: true };

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        lock (core.Gate)
        {
            DemandReadable();
            switch (Take(out var result, out var failure))
            {
                case Taken.Result:
                    return new ValueTask<ReadResult>(result);
                case Taken.Failure:
                    throw new SocketFailedException(failure);
            }

            _waiter ??= new LeaseWaiter<ReadResult>(core.Gate, core.Options.OwnerScheduler);
            return _waiter.Wait(this, cancellationToken);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (core.Gate)
        {
            DemandReadable();
            return Take(out result, out var failure) switch
            {
                Taken.Failure => throw new SocketFailedException(failure),
                var taken => taken is Taken.Result,
            };
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            lease.Demand();
            Advance(consumed, examined, ref wakes);
        }

        wakes.Fire();
    }

    public override void CancelPendingRead()
    {
        lock (core.Gate)
        {
            lease.Demand();
            if (!IsWaiting)
            {
                _isCancelRequested = true;
                return;
            }

            _waiter!.End(Open(isCanceled: true));
        }

        Fire();
    }

    // What was not consumed stays for the next owner.
    public override void Complete(Exception? exception = null)
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            lease.Demand();
            if (IsWaiting) throw new InvalidOperationException("A read is pending.");
            _step = Step.Completed;
            _openLast = null;
            core.Ending.CloseIfOwnerIsDone(ref wakes);
            core.Ending.CheckFinished(ref wakes);
        }

        wakes.Fire();
    }

    public ReadResult GetResult(short token)
    {
        var result = _waiter!.GetResult(token);
        lease.Demand();
        return result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _waiter!.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _waiter!.OnCompleted(continuation, state, token, flags);

    public void Fire() => _waiter!.Fire();

    public void Advance(SequencePosition consumed, SequencePosition examined, ref Wakes wakes)
    {
        if (_step is not Step.Open) throw new InvalidOperationException("No read result is open.");
        if (core.Ending.Refusal.IsSuccess)
        {
            core.In.Advance(consumed, examined, _openEnd);
            core.ReceiveSide.Wake(ref wakes);
            core.Ending.CheckFinished(ref wakes);
        }

        _step = Step.Idle;
        _openLast = null;
    }

    // Something changed that a pending read may wait for; true if it has to be fired.
    public bool Notice()
    {
        if (!IsWaiting) return false;
        switch (Take(out var result, out var failure))
        {
            case Taken.Result:
                _waiter!.End(result);
                return true;
            case Taken.Failure:
                _waiter!.End(new SocketFailedException(failure));
                return true;
            default:
                return false;
        }
    }

    // The lease ended; true if a pending read has to be fired.
    public bool End()
    {
        if (OpenLast is { } last && core.Ending.Refusal.IsSuccess) core.In.Tear(last);
        _openLast = null;
        if (!IsWaiting) return false;
        _waiter!.End(new SocketFailedException(ResultCode.EESECURITY));
        return true;
    }

    private void DemandReadable()
    {
        lease.Demand();
        if (_step is Step.Open) throw new InvalidOperationException("A read result is open: call AdvanceTo first.");
        if (_step is Step.Completed) throw new InvalidOperationException("The input was completed by its owner.");
        if (IsWaiting) throw new InvalidOperationException("A read is pending.");
    }

    private Taken Take(out ReadResult result, out SocketResult failure)
    {
        result = default;
        failure = core.Ending.Refusal;
        if (!failure.IsSuccess) return Taken.Failure;
        if (_isCancelRequested)
        {
            _isCancelRequested = false;
            result = Open(isCanceled: true);
            return Taken.Result;
        }

        if (core.Delivery is not Delivery.Held) return Taken.Nothing;
        if (core.In.Received > core.In.Examined || core.ReceiveSide.IsOver)
        {
            result = Open(isCanceled: false);
            return Taken.Result;
        }

        if (core.ReceiveSide.State is not InputState.Failed failed) return Taken.Nothing;
        failure = failed.Why;
        return Taken.Failure;
    }

    private ReadResult Open(bool isCanceled)
    {
        var isDelivered = core.Delivery is Delivery.Held;
        var unread = isDelivered ? core.In.Unread : ReadOnlySequence<byte>.Empty;
        _step = Step.Open;
        _openLast = unread.IsEmpty ? null : core.In.Tail;
        _openEnd = unread.IsEmpty ? core.In.Consumed : core.In.Received;
        return new ReadResult(unread, isCanceled, isDelivered && core.ReceiveSide.IsOver);
    }
}
