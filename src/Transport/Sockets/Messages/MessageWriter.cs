using System.Net;
using System.Threading.Tasks.Sources;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets.Messages;

// The fenced writing side of a lease. Every call checks under the gate that the lease is still the current one.
internal sealed class MessageWriter(MessageCore core, MessageLease lease) : IValueTaskSource<SocketResult>
{
    private LeaseWaiter<SocketResult>? _waiter;
    private ReadOnlyMemory<byte> _message;
    private EndPoint? _to;
    private SctpSendInfo _info;
    private bool _consumes;

    public string? Pinned => IsWaiting ? "A send waits for room" : null;

    // The open message is consumed once there is room, and is nobody else's to be done with.
    public bool WillConsume => IsWaiting && _consumes;

    private bool IsWaiting => _waiter is { IsWaiting: true };

    // Consumes: the open message too, in the same step.
    public ValueTask<SocketResult> SendAsync(
        ReadOnlyMemory<byte> message,
        EndPoint? to,
        SctpSendInfo info,
        bool consumes,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<SocketResult>(cancellationToken);
        var wakes = default(MessageWakes);
        ValueTask<SocketResult> sent;
        lock (core.Gate) sent = Send(message, to, info, consumes, cancellationToken, ref wakes);
        wakes.Fire();
        return sent;
    }

    // To whoever sent the message that is open.
    public ValueTask<SocketResult> ReplyAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<SocketResult>(cancellationToken);
        var wakes = default(MessageWakes);
        ValueTask<SocketResult> sent;
        lock (core.Gate)
        {
            if (Refusal() is { } refusal) return new ValueTask<SocketResult>(refusal);
            if (!lease.Reader.IsOpen) throw new InvalidOperationException("No message is open.");
            var to = core.Socket.IsConnected ? null : core.In[core.In.First].Facts.Address;
            sent = Send(message, to, default, consumes: true, cancellationToken, ref wakes);
        }

        wakes.Fire();
        return sent;
    }

    // After what was accepted.
    public ResultCode FinishSending()
    {
        var wakes = default(MessageWakes);
        ResultCode code;
        lock (core.Gate)
        {
            if (lease.IsCurrent && core.Sender.IsFinishing) return ResultCode.EESUCCESS;
            if (Refusal() is { } refusal) return refusal.Code;
            if (lease.IsLent) return ResultCode.EESOCKRLSD;
            if (!core.Socket.HasEnd) return ResultCode.EEMODENOTSUPP;
            code = core.Sender.Finish(ref wakes);
        }

        wakes.Fire();
        return code;
    }

    public SocketResult GetResult(short token) => _waiter!.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _waiter!.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _waiter!.OnCompleted(continuation, state, token, flags);

    public void Fire() => _waiter!.Fire();

    // Something changed that a pending send may wait for; true if it has to be fired.
    public bool Notice(ref MessageWakes wakes)
    {
        if (!IsWaiting) return false;
        if (Refusal() is { } refusal)
        {
            End(refusal);
            return true;
        }

        if (!core.Out.HasRoom) return false;
        Accept(_message.Span, _to, _info, _consumes, ref wakes);
        End(SocketResult.Success);
        return true;
    }

    // The lease ended; true if a pending send has to be fired. It was not accepted, and never will be.
    public bool End()
    {
        if (!IsWaiting) return false;
        End(SocketResult.Of(ResultCode.EESECURITY));
        return true;
    }

    private ValueTask<SocketResult> Send(
        ReadOnlyMemory<byte> message,
        EndPoint? to,
        in SctpSendInfo info,
        bool consumes,
        CancellationToken cancellationToken,
        ref MessageWakes wakes)
    {
        if (IsWaiting && lease.IsCurrent) throw new InvalidOperationException("A send is pending.");
        if ((Refusal() ?? Unfit(message, info, ref to)) is { } refusal) return new ValueTask<SocketResult>(refusal);
        if (core.Out.Count == 0)
        {
            var code = core.Sender.TrySend(message.Span, to, info, ref wakes);
            if (code is not ResultCode.EEWOULDBLOCK || !core.Socket.CanWaitToSend)
            {
                if (code is ResultCode.EESUCCESS && consumes) lease.Reader.ConsumeOpen(ref wakes);
                return new ValueTask<SocketResult>(ResultOf(code, to));
            }
        }

        if (!core.Out.IsFull)
        {
            Accept(message.Span, to, info, consumes, ref wakes);
            return new ValueTask<SocketResult>(SocketResult.Success);
        }

        (_message, _to, _info, _consumes) = (message, to, info, consumes);
        _waiter ??= new LeaseWaiter<SocketResult>(core.Gate, core.Options.OwnerScheduler);
        return _waiter.Wait(this, cancellationToken);
    }

    private SocketResult? Refusal()
    {
        if (!lease.IsCurrent) return SocketResult.Of(ResultCode.EESECURITY);
        if (core.Delivery is Delivery.Offered) return SocketResult.Of(ResultCode.EESOCKRLSD);
        if (!core.Ending.Refusal.IsSuccess) return core.Ending.Refusal;
        if (core.Receiver.State is InputState.Failed failed) return failed.Why;
        return core.Sender.IsFinishing ? new(ResultCode.EENOTCONN, "Sending is finished") : null;
    }

    // LPC's order: no address, then a wrong one.
    private SocketResult? Unfit(ReadOnlyMemory<byte> message, in SctpSendInfo info, ref EndPoint? to)
    {
        if (info != default && Unfit(info) is { } misfit) return misfit;
        if ((info.Flags & SctpSendFlags.AddressOverride) != 0)
        {
            if (to is null) return SocketResult.Of(ResultCode.EENOADDR);
        }
        else if (core.Socket.IsConnected)
        {
            if (to is not null && !to.Equals(core.Socket.RemoteEndPoint))
                return new(ResultCode.EEISCONN, $"{to} is not the peer that the socket is connected to");
            to = null;
        }
        else if (to is null)
        {
            return SocketResult.Of(ResultCode.EENOADDR);
        }

        if (message.Length <= core.Options.MaxMessage) return null;
        return new(ResultCode.EEMSGSIZE, $"{message.Length} bytes; at most {core.Options.MaxMessage} are one message");
    }

    private SocketResult? Unfit(in SctpSendInfo info)
    {
        if (!core.Socket.TakesSendInfo)
            return new(ResultCode.EEMODENOTSUPP, "How a message is sent is said to associations only");
        return (info.Flags & (SctpSendFlags.Abort | SctpSendFlags.EndAssociation)) == 0
            ? null
            : new(ResultCode.EEINVAL, "A send ends nothing: finish sending, or abort");
    }

    private void Accept(
        ReadOnlySpan<byte> message, EndPoint? to, in SctpSendInfo info, bool consumes, ref MessageWakes wakes)
    {
        var facts = new MessageFacts { Address = to, Sending = info };
        core.Out.Append(MessageKind.Data, message, facts, ResultCode.EESUCCESS);
        core.Sender.Wake(ref wakes);
        if (consumes) lease.Reader.ConsumeOpen(ref wakes);
    }

    private void End(SocketResult result)
    {
        (_message, _to, _info) = (default, null, default);
        _waiter!.End(result);
    }

    private static SocketResult ResultOf(ResultCode code, EndPoint? to) =>
        code is ResultCode.EESUCCESS ? SocketResult.Success
        : to is null ? SocketResult.Of(code)
        : EngineStreams.Failure(code, to);
}
