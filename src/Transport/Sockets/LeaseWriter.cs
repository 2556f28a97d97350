using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// The fenced writing side of a lease. Every call checks that the lease is still the current one: under the gate where
// it changes the queue; what is written meanwhile to memory that was lent is told to the queue with the next flush.
internal sealed class LeaseWriter(ConnectionCore core, SocketLease lease)
    : PipeWriter, IValueTaskSource<FlushResult>
{
    private LeaseWaiter<FlushResult>? _waiter;
    private Memory<byte> _lent;
    private int _advanced;
    private bool _isWritingPieces;
    private bool _isCancelRequested;

    // Of its own doing: the connection itself may go on.
    public bool IsCompleted { get; private set; }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes
    {
        get
        {
            lock (core.Gate)
            {
                lease.Demand();
                return core.Out.Unflushed + _advanced;
            }
        }
    }

    public string? Pinned => (IsWaiting, _isWritingPieces, core.Out.Unflushed + _advanced) switch
    {
        (true, _, _) => "A flush is pending",
        (_, true, _) => "A write is pending",
        (_, _, > 0 and var unflushed) => $"{unflushed} bytes are not flushed",
        _ => null,
    };

    private bool IsWaiting => _waiter is { IsWaiting: true };

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        DemandWritable();
        if (_lent.Length - _advanced >= Math.Max(1, sizeHint)) return _lent[_advanced..];
        lock (core.Gate)
        {
            DemandWritable();
            Settle();
            return _lent = core.Out.Lend(sizeHint);
        }
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        DemandWritable();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _lent.Length - _advanced);
        _advanced += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        => WriteAsync(ReadOnlyMemory<byte>.Empty, cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        if (source.Length > core.Options.Blocks.LargeBlockSize) return WriteInPieces(source, cancellationToken);
        return WritePiece(source, cancellationToken);
    }

    public override void CancelPendingFlush()
    {
        lock (core.Gate)
        {
            lease.Demand();
            if (!IsWaiting)
            {
                _isCancelRequested = true;
                return;
            }

            _waiter!.End(new FlushResult(isCanceled: true, isCompleted: false));
        }

        Fire();
    }

    public override void Complete(Exception? exception = null)
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            lease.Demand();
            DemandHeld();
            IsCompleted = true;
            var isOpen = core.SendSide.State is OutputState.Flowing && core.Ending.Refusal.IsSuccess;
            if (!isOpen && !lease.IsLent) return;
            if (exception is null)
            {
                if (isOpen) AcceptLast(ref wakes);
                core.Ending.CloseIfOwnerIsDone(ref wakes);
            }
            else if (lease.IsLent)
            {
                lease.GiveBack(exception.Message, ref wakes);
            }
        }

        wakes.Fire();

        // Half a message must not look like a whole one, which is what a FIN after it would say.
        if (exception is not null && !lease.IsLent)
            core.Ending.Abort(new SocketResult(ResultCode.EEABORTED, exception.Message));
    }

    public FlushResult GetResult(short token)
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

    public void DemandFlushable()
    {
        DemandWritable();
        if (IsWaiting) throw new InvalidOperationException("A flush is pending.");
    }

    public ValueTask<FlushResult> Flush(CancellationToken cancellationToken, ref Wakes wakes)
    {
        Settle();
        core.Out.Accept();
        core.SendSide.Wake(ref wakes);
        if (_isCancelRequested)
        {
            _isCancelRequested = false;
            return new ValueTask<FlushResult>(new FlushResult(isCanceled: true, isCompleted: false));
        }

        if (!core.Out.IsFull) return new ValueTask<FlushResult>(default(FlushResult));
        _waiter ??= new LeaseWaiter<FlushResult>(core.Gate, core.Options.OwnerScheduler);
        return _waiter.Wait(this, cancellationToken);
    }

    // Something changed that a pending flush may wait for; true if it has to be fired.
    public bool Notice()
    {
        if (!IsWaiting) return false;
        if (core.SendSide.State is OutputState.Failed failed) _waiter!.End(new SocketFailedException(failed.Why));
        else if (!core.Ending.Refusal.IsSuccess) _waiter!.End(new FlushResult(isCanceled: false, isCompleted: true));
        else if (core.Out.HasRoom) _waiter!.End(default(FlushResult));
        else return false;
        return true;
    }

    // The lease ended; true if a pending flush has to be fired.
    public bool End()
    {
        if (!IsWaiting) return false;
        _waiter!.End(new SocketFailedException(ResultCode.EESECURITY));
        return true;
    }

    public void ForgetLent() => _lent = default;

    private ValueTask<FlushResult> WritePiece(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        var wakes = default(Wakes);
        ValueTask<FlushResult> flush;
        lock (core.Gate)
        {
            DemandFlushable();
            Settle();
            core.Out.Write(piece.Span);
            flush = Flush(cancellationToken, ref wakes);
        }

        wakes.Fire();
        return flush;
    }

    // Not offered in the middle: from the first piece to the last the write pins the lease.
    private ValueTask<FlushResult> WriteInPieces(ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        lock (core.Gate)
        {
            DemandFlushable();
            if (_isWritingPieces) throw new InvalidOperationException("A write is pending.");
            _isWritingPieces = true;
        }

        var isPending = false;
        try
        {
            while (true)
            {
                var flush = WritePiece(NextPiece(ref source), cancellationToken);
                if (!flush.IsCompletedSuccessfully)
                {
                    isPending = true;
                    return WriteRestAsync(flush, source, cancellationToken);
                }

                var result = flush.Result;
                if (source.IsEmpty || result.IsCanceled) return new ValueTask<FlushResult>(result);
            }
        }
        finally
        {
            if (!isPending) EndPieces();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> WriteRestAsync(
        ValueTask<FlushResult> flush, ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        try
        {
            var result = await flush.ConfigureAwait(false);
            while (!source.IsEmpty && result is { IsCanceled: false, IsCompleted: false })
                result = await WritePiece(NextPiece(ref source), cancellationToken).ConfigureAwait(false);
            return result;
        }
        finally
        {
            EndPieces();
        }
    }

    // The end of what is only lent is not the borrower's to send.
    private void AcceptLast(ref Wakes wakes)
    {
        Settle();
        core.Out.Accept();
        if (lease.IsLent) core.SendSide.Wake(ref wakes);
        else core.SendSide.Complete(ref wakes);
    }

    // Under the gate: the memory is lent no longer, and what was written to it is the queue's.
    private void Settle()
    {
        if (_advanced > 0) core.Out.Advance(_advanced);
        _advanced = 0;
        _lent = default;
    }

    private ReadOnlyMemory<byte> NextPiece(ref ReadOnlyMemory<byte> source)
    {
        var piece = source[..Math.Min(core.Options.Blocks.LargeBlockSize, source.Length)];
        source = source[piece.Length..];
        return piece;
    }

    private void DemandHeld()
    {
        if (core.Delivery is Delivery.Offered) throw new SocketFailedException(ResultCode.EESOCKRLSD);
        if (core.Delivery is Delivery.Spliced)
            throw new SocketFailedException(new SocketResult(ResultCode.EEBUSY, "The connection is spliced"));
    }

    private void EndPieces()
    {
        lock (core.Gate) _isWritingPieces = false;
    }

    private void DemandWritable()
    {
        lease.Demand();
        DemandHeld();
        if (core.SendSide.State is OutputState.Failed failed) throw new SocketFailedException(failed.Why);
        if (!core.Ending.Refusal.IsSuccess) throw new SocketFailedException(core.Ending.Refusal);
        if (IsCompleted || core.SendSide.State is not OutputState.Flowing)
            throw new SocketFailedException(new SocketResult(ResultCode.EENOTCONN, "The output was completed"));
    }
}
