using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// Of a socket whose unit is a message, each with its sender where it has one.
internal sealed class DatagramIo(
    IActorRef self, Custody custody, SocketHandle handle, MessageLease lease, Reading.ByMessages by, string what)
    : CreditIo(custody, handle, by, lease.ConsumedPosition)
{
    private readonly MessageInput _input = lease.ReadByMessages(() => self.Tell(Notice.InputReady.Instance, self));
    private bool _sendingFinished;
    private (SendTo Command, IActorRef Sender)? _pending;

    public override SocketResult? Pinned =>
        _pending is null ? null : new(ResultCode.EEBUSY, "a SendTo waits for room");

    public override bool OwesEnd => _sendingFinished && _pending is not null;

    protected override long ConsumedPosition => lease.ConsumedPosition;

    protected override int Outstanding => (int)(Delivered - lease.ConsumedPosition);

    public override void Carry(ISocketCommand command)
    {
        switch (command)
        {
            case SendTo send: OnSend(send); break;
            case Consumed consumed: OnConsumed(consumed); break;
            case FinishSending finish: OnFinishSending(finish); break;
            default: RefuseMisfit(command, what); break;
        }
    }

    // A SendTo that waits for room goes out before the end. What a peer can cause is told by Closed.
    public SocketResult FinishSending()
    {
        if (_pending is null || !lease.HasEnd) return SocketResult.Of(lease.FinishSending());
        _sendingFinished = true;
        return SocketResult.Success;
    }

    // Not current where the lease has ended meanwhile, and the end of it came first.
    public void OnSendReady(SocketResult result, bool isCurrent)
    {
        if (_pending is not { } pending) return;
        _pending = null;
        pending.Sender.Tell(
            result.IsSuccess
                ? new Sent(pending.Command, lease.SentPosition)
                : Refusals.Of(self, pending.Command, result),
            self);
        if (isCurrent && _sendingFinished) lease.FinishSending();
    }

    protected override bool TryDeliver()
    {
        if (!_input.TryTake(Delivered, out var message)) return false;
        switch (message.Kind)
        {
            case MessageKind.Data:
                Owner.Tell(new ReceivedFrom(Handle, Delivered, message.Bytes, message.Facts), self);
                break;
            case MessageKind.Event:
                Owner.Tell(new AssociationEvent(Handle, Delivered, message.Facts.Event!), self);
                break;
            case MessageKind.Failure:
                var failure = SocketResult.Of(message.Code);
                Owner.Tell(new SendFailed(Handle, Delivered, message.Facts.Address, failure), self);
                break;
            default:
                IsFinished = true;
                Owner.Tell(new PeerFinished(Handle, Delivered), self);
                return true;
        }

        HaveDelivered(Delivered + 1);
        return true;
    }

    protected override void Consume(long position) => _input.Consume(position);

    private void OnFinishSending(FinishSending finish)
    {
        var result = FinishSending();
        if (result.IsSuccess) Custody.Reply(new Confirmed(finish));
        else Custody.Refuse(finish, result);
    }

    private void OnSend(SendTo send)
    {
        if (_pending is not null)
        {
            Custody.Refuse(send, new SocketResult(ResultCode.EEALREADY, "SendTo: an earlier one waits for room"));
            return;
        }

        var sending = lease.SendAsync(send.Bytes, send.Info, send.Address);
        if (sending.IsCompletedSuccessfully)
        {
            Answer(send, sending.Result);
            return;
        }

        _pending = (send, Custody.AnswerTo());
        sending.AsTask().PipeTo(self, success: result => new Notice.SendReady(this, result));
    }

    private void Answer(SendTo send, SocketResult result)
    {
        if (result.IsSuccess) Custody.Reply(new Sent(send, lease.SentPosition));
        else Custody.Refuse(send, result);
    }
}
