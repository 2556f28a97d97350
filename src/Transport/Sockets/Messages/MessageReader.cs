using System.Threading.Tasks.Sources;

namespace Handoff.Transport.Sockets.Messages;

// The fenced reading side of a lease. Every call checks under the gate that the lease is still the current one.
internal sealed class MessageReader(MessageCore core, MessageLease lease) : IValueTaskSource<MessageResult>
{
    private LeaseWaiter<MessageResult>? _waiter;
    private bool _isOpen;

    public string? Pinned => _isOpen ? "A message is open: neither Consume nor PutBack was called" : null;

    public bool IsOpen => _isOpen;

    public ValueTask<MessageResult> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<MessageResult>(cancellationToken);
        lock (core.Gate)
        {
            if (TryTake(out var result)) return new ValueTask<MessageResult>(result);
            _waiter ??= new LeaseWaiter<MessageResult>(core.Gate, core.Options.OwnerScheduler);
            return _waiter.Wait(this, cancellationToken);
        }
    }

    public bool TryRead(out MessageResult result)
    {
        lock (core.Gate) return TryTake(out result);
    }

    public ResultCode Consume()
    {
        var wakes = default(MessageWakes);
        lock (core.Gate)
        {
            if (!lease.IsCurrent) return ResultCode.EESECURITY;
            DemandOpen();
            ConsumeOpen(ref wakes);
        }

        wakes.Fire();
        return ResultCode.EESUCCESS;
    }

    public ResultCode PutBack()
    {
        lock (core.Gate)
        {
            if (!lease.IsCurrent) return ResultCode.EESECURITY;
            DemandOpen();
            _isOpen = false;
            return ResultCode.EESUCCESS;
        }
    }

    public void ConsumeOpen(ref MessageWakes wakes)
    {
        _isOpen = false;
        core.Consume(core.In.First + 1, ref wakes);
    }

    public MessageResult GetResult(short token)
    {
        var result = _waiter!.GetResult(token);
        return lease.IsCurrent ? result : MessageResult.Ended(ResultCode.EESECURITY);
    }

    public ValueTaskSourceStatus GetStatus(short token) => _waiter!.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _waiter!.OnCompleted(continuation, state, token, flags);

    public void Fire() => _waiter!.Fire();

    // Something changed that a pending read may wait for; true if it has to be fired.
    public bool Notice()
    {
        if (_waiter is not { IsWaiting: true } || !TryTake(out var result)) return false;
        _waiter.End(result);
        return true;
    }

    // The lease ended; true if a pending read has to be fired. What is open stays the first of the queue.
    public bool End()
    {
        if (_isOpen && core.Ending.Refusal.IsSuccess) core.In.DiscardFirst();
        _isOpen = false;
        if (_waiter is not { IsWaiting: true }) return false;
        _waiter.End(MessageResult.Ended(ResultCode.EESECURITY));
        return true;
    }

    private void DemandOpen()
    {
        if (!_isOpen) throw new InvalidOperationException("No message is open.");
        if (lease.Writer.WillConsume)
            throw new InvalidOperationException("A reply to the open message waits for room, and consumes it then.");
    }

    private bool TryTake(out MessageResult result)
    {
        result = default;
        if (!lease.IsCurrent)
            result = MessageResult.Ended(ResultCode.EESECURITY);
        else if (!core.Ending.Refusal.IsSuccess)
            result = MessageResult.Ended(core.Ending.Refusal.Code);
        else if (core.Delivery is not Delivery.Held)
            return false;
        else if (core.In.Count > 0)
            (result, _isOpen) = (core.In[core.In.First], true);
        else if (core.Receiver.State is InputState.Finished)
            result = MessageResult.Ended(ResultCode.EESUCCESS);
        else if (core.Receiver.State is InputState.Failed failed)
            result = MessageResult.Ended(failed.Why.Code);
        else
            return false;
        return true;
    }
}
