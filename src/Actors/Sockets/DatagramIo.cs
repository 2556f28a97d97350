using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// An owner that reads and writes by messages, of a socket whose unit is one: this holds the lease in its place. What
// was delivered stays unconsumed in the lease until the owner says Consumed, so that the next owner finds it there.
internal sealed class DatagramIo(
    IActorRef self, Custody custody, SocketHandle handle, MessageLease lease, Reading.ByMessages by, string what)
{
    private readonly MessageInput _input = lease.ReadByMessages(() => self.Tell(Notice.InputReady.Instance, self));
    private readonly IActorRef _owner = custody.State.OwnerNow()!;
    private int _credits = by.Credits;
    private bool _renews = by.Renews;
    private long _delivered = lease.ConsumedPosition;
    private bool _waiting;
    private bool _paused;
    private bool _finished;
    private bool _sendingFinished;
    private (SendTo Command, IActorRef Sender)? _pending;

    // Accepted is what Sent was told of: until then the send pins the socket.
    public bool IsSending => _pending is not null;

    private int Outstanding => (int)(_delivered - lease.ConsumedPosition);

    // Delivers as far as messages and credits go.
    public void Pump()
    {
        while (!_paused && !_finished && !_waiting && _credits > 0)
        {
            _waiting = !TryDeliver();
        }
    }

    public void OnInputReady() => _waiting = false;

    public void Pause() => _paused = true;

    // A revert: what was delivered and not consumed is delivered again, on the same credits.
    public void Resume()
    {
        _paused = false;
        _waiting = false;
        _finished = false;
        _credits += Outstanding;
        _delivered = lease.ConsumedPosition;
    }

    public void Credit(Reading.ByMessages reading)
    {
        _renews = reading.Renews;
        _credits = reading.Renews ? Math.Max(0, reading.Credits - Outstanding) : reading.Credits;
    }

    public void Carry(ISocketCommand command)
    {
        switch (command)
        {
            case SendTo send: OnSend(send); break;
            case Consumed consumed: OnConsumed(consumed); break;
            case FinishSending finish: OnFinishSending(finish); break;
            default:
                var why = $"{command.GetType().Name} does not fit {what}";
                custody.Refuse(command, new SocketResult(ResultCode.EEMODENOTSUPP, why));
                break;
        }
    }

    // A SendTo that waits for room goes out before the end. What a peer can cause is told by Closed.
    public SocketResult FinishSending()
    {
        if (_pending is null) return SocketResult.Of(lease.FinishSending());
        _sendingFinished = true;
        return SocketResult.Success;
    }

    // Not current where the lease has ended meanwhile, and the end of it came first.
    public void OnSendReady(SocketResult result, bool isCurrent)
    {
        if (_pending is not { } pending) return;
        _pending = null;
        pending.Sender.Tell(
            result.IsSuccess ? new Sent(pending.Command, lease.SentPosition) : new Refused(pending.Command, result),
            self);
        if (isCurrent && _sendingFinished) lease.FinishSending();
    }

    private bool TryDeliver()
    {
        if (!_input.TryTake(_delivered, out var message)) return false;
        switch (message.Kind)
        {
            case MessageKind.Data:
                _owner.Tell(new ReceivedFrom(handle, _delivered, message.Bytes, message.Facts), self);
                break;
            case MessageKind.Failure:
                var failure = SocketResult.Of(message.Code);
                _owner.Tell(new SendFailed(handle, _delivered, message.Facts.Address, failure), self);
                break;
            default:
                _finished = true;
                _owner.Tell(new PeerFinished(handle, _delivered), self);
                return true;
        }

        _delivered++;
        _credits--;
        return true;
    }

    private void OnConsumed(Consumed consumed)
    {
        if (consumed.Position > _delivered)
        {
            var why = $"Consumed: position {consumed.Position}, but only {_delivered} was delivered";
            custody.Refuse(consumed, new SocketResult(ResultCode.EEBADDATA, why));
            return;
        }

        var before = Outstanding;
        _input.Consume(consumed.Position);
        if (_renews) _credits += before - Outstanding;
    }

    private void OnFinishSending(FinishSending finish)
    {
        var result = FinishSending();
        if (result.IsSuccess) custody.Reply(new Confirmed(finish));
        else custody.Refuse(finish, result);
    }

    private void OnSend(SendTo send)
    {
        if (_pending is not null)
        {
            custody.Refuse(send, new SocketResult(ResultCode.EEALREADY, "SendTo: an earlier one waits for room"));
            return;
        }

        var sending = lease.SendAsync(send.Bytes, send.Address);
        if (sending.IsCompletedSuccessfully)
        {
            Answer(send, sending.Result);
            return;
        }

        _pending = (send, custody.AnswerTo());
        sending.AsTask().PipeTo(self, success: result => new Notice.SendReady(this, result));
    }

    private void Answer(SendTo send, SocketResult result)
    {
        if (result.IsSuccess) custody.Reply(new Sent(send, lease.SentPosition));
        else custody.Refuse(send, result);
    }
}
