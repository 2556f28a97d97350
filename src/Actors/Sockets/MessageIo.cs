using System.Net.Sockets;
using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// An owner that reads and writes by messages: this holds the lease in its place. What was delivered stays unconsumed
// in the lease until the owner says Consumed, so that the next owner finds it there.
internal sealed class MessageIo(
    IActorRef self,
    Custody custody,
    SocketHandle handle,
    SocketLease lease,
    Reading.ByMessages by,
    HandoffSettings settings)
{
    private readonly MessageInput _input = lease.ReadByMessages(() => self.Tell(Notice.InputReady.Instance, self));
    private readonly IActorRef _owner = custody.State.OwnerNow()!;
    private readonly Queue<long> _outstanding = [];
    private int _credits = by.Credits;
    private bool _renews = by.Renews;
    private long _delivered = lease.ConsumedPosition;
    private long _written = lease.WrittenPosition;
    private bool _waiting;
    private bool _paused;
    private bool _finished;
    private bool _sendingFinished;
    private (Write Write, IActorRef Sender, long End)? _pendingWrite;

    // Accepted is what Written was told of: until then the write pins the socket, as a pending flush does.
    public bool IsWriting => _pendingWrite is not null;

    // Delivers as far as data and credits go.
    public void Pump()
    {
        while (!_paused && !_finished && !_waiting && _credits > 0)
        {
            _waiting = !TryDeliver();
        }
    }

    public void OnInputReady() => _waiting = false;

    public void Pause() => _paused = true;

    // As if there had been no pause.
    public void GoOn() => (_paused, _waiting) = (false, false);

    // A revert: what was delivered and not consumed is delivered again, on the same credits.
    public void Resume()
    {
        _paused = false;
        _waiting = false;
        _finished = false;
        _credits += _outstanding.Count;
        _outstanding.Clear();
        _delivered = lease.ConsumedPosition;
    }

    public void Credit(Reading.ByMessages reading)
    {
        _renews = reading.Renews;
        _credits = reading.Renews ? Math.Max(0, reading.Credits - _outstanding.Count) : reading.Credits;
    }

    public void Carry(ISocketCommand command)
    {
        switch (command)
        {
            case Write write: OnWrite(write); break;
            case Consumed consumed: OnConsumed(consumed); break;
            case FinishSending finish: OnFinishSending(finish); break;
            default:
                var why = $"{command.GetType().Name} does not fit a connection";
                custody.Refuse(command, new SocketResult(ResultCode.EEMODENOTSUPP, why));
                break;
        }
    }

    // A Write that waits for room goes out before the FIN.
    public SocketResult Shutdown(SocketShutdown how)
    {
        var result = how is SocketShutdown.Send ? SocketResult.Success : lease.Shutdown(SocketShutdown.Receive);
        if (result.IsSuccess && how is not SocketShutdown.Receive) FinishSending();
        return result;
    }

    // Not current where the lease has ended meanwhile, and the end of it came first.
    public void OnOutputReady(SocketResult result, bool isCurrent)
    {
        if (_pendingWrite is not { } pending) return;
        _pendingWrite = null;
        _written = lease.WrittenPosition;
        // A close ends the wait for room well, and accepts no more.
        if (result.IsSuccess && _written < pending.End)
            result = new(ResultCode.EEBADF, "Write: closed before all of it was accepted");
        pending.Sender.Tell(
            result.IsSuccess ? new Written(pending.Write, _written) : new Refused(pending.Write, result), self);
        if (isCurrent && _sendingFinished && result.IsSuccess) lease.Output.Complete();
    }

    private bool TryDeliver()
    {
        var bytes = _input.Take(_delivered, settings.ReceivedSize, out var end);
        if (!bytes.IsEmpty)
        {
            _owner.Tell(new Received(handle, _delivered, bytes), self);
            _delivered += bytes.Length;
            _outstanding.Enqueue(_delivered);
            _credits--;
            return true;
        }

        if (end is null) return false;
        _finished = true;
        // An end that is none of the peer's own doing is told by Closed.
        if (end.IsSuccess)
            _owner.Tell(new PeerFinished(handle, Math.Max(_delivered, lease.ConsumedPosition)), self);
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

        while (_outstanding.TryPeek(out var end) && end <= consumed.Position)
        {
            _outstanding.Dequeue();
            if (_renews) _credits++;
        }

        _input.Consume(consumed.Position);
    }

    private void OnWrite(Write write)
    {
        if (Obstacle(write) is { } obstacle)
        {
            custody.Refuse(write, obstacle);
            return;
        }

        try
        {
            var flush = lease.Output.WriteAsync(write.Bytes);
            if (flush.IsCompletedSuccessfully)
            {
                _written = lease.WrittenPosition;
                custody.Reply(new Written(write, _written));
                return;
            }

            _pendingWrite = (write, custody.AnswerTo(), _written + write.Bytes.Length);
            flush.AsTask().PipeTo(
                self,
                success: _ => new Notice.OutputReady(this, SocketResult.Success),
                failure: gone => new Notice.OutputReady(this, Reason(gone)));
        }
        catch (SocketFailedException gone)
        {
            custody.Refuse(write, gone.Result);
        }
    }

    private SocketResult? Obstacle(Write write)
    {
        if (_sendingFinished) return new(ResultCode.EENOTCONN, "Write: sending is finished");
        if (_pendingWrite is not null) return new(ResultCode.EEALREADY, "Write: an earlier one waits for room");
        if (write.Bytes.Length <= settings.MaxWrite) return null;
        var why = $"Write: {write.Bytes.Length} bytes; handoff.io.max-write is {settings.MaxWrite}";
        return new(ResultCode.EEMSGSIZE, why);
    }

    private void OnFinishSending(FinishSending finish)
    {
        FinishSending();
        custody.Reply(new Confirmed(finish));
    }

    private void FinishSending()
    {
        if (!_sendingFinished && _pendingWrite is null) lease.Output.Complete();
        _sendingFinished = true;
    }

    private static SocketResult Reason(Exception gone) => gone is SocketFailedException failed
        ? failed.Result
        : throw gone;
}
