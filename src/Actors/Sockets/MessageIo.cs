using System.Net.Sockets;
using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// Of a connection: bytes, as they come.
internal sealed class MessageIo(
    IActorRef self,
    Custody custody,
    SocketHandle handle,
    SocketLease lease,
    Reading.ByMessages by,
    HandoffSettings settings)
    : CreditIo(custody, handle, by, lease.ConsumedPosition)
{
    private readonly MessageInput _input = lease.ReadByMessages(() => self.Tell(Notice.InputReady.Instance, self));
    private readonly Queue<long> _outstanding = [];
    private bool _sendingFinished;
    private (Write Write, IActorRef Sender, long End)? _pendingWrite;

    public override SocketResult? Pinned =>
        _pendingWrite is null ? null : new(ResultCode.EEBUSY, "a Write waits for room");

    public override bool OwesEnd => _sendingFinished && _pendingWrite is not null;

    protected override long ConsumedPosition => lease.ConsumedPosition;

    protected override int Outstanding => _outstanding.Count;

    public override void Carry(ISocketCommand command)
    {
        switch (command)
        {
            case Write write: OnWrite(write); break;
            case Consumed consumed: OnConsumed(consumed); break;
            case FinishSending finish: OnFinishSending(finish); break;
            default: RefuseMisfit(command, "a connection"); break;
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
        var written = lease.WrittenPosition;
        // A close ends the wait for room well, and accepts no more.
        if (result.IsSuccess && written < pending.End)
            result = new(ResultCode.EEBADF, "Write: closed before all of it was accepted");
        pending.Sender.Tell(
            result.IsSuccess ? new Written(pending.Write, written) : Refusals.Of(self, pending.Write, result), self);
        if (isCurrent && _sendingFinished && result.IsSuccess) lease.Output.Complete();
    }

    protected override bool TryDeliver()
    {
        var bytes = _input.Take(Delivered, settings.ReceivedSize, out var end);
        if (!bytes.IsEmpty)
        {
            Owner.Tell(new Received(Handle, Delivered, bytes), self);
            HaveDelivered(Delivered + bytes.Length);
            _outstanding.Enqueue(Delivered);
            return true;
        }

        if (end is null) return false;
        IsFinished = true;
        // An end that is none of the peer's own doing is told by Closed.
        if (end.IsSuccess)
            Owner.Tell(new PeerFinished(Handle, Math.Max(Delivered, lease.ConsumedPosition)), self);
        return true;
    }

    protected override void Consume(long position)
    {
        while (_outstanding.TryPeek(out var end) && end <= position) _outstanding.Dequeue();
        _input.Consume(position);
    }

    protected override void Forget() => _outstanding.Clear();

    private void OnWrite(Write write)
    {
        if (Obstacle(write) is { } obstacle)
        {
            Custody.Refuse(write, obstacle);
            return;
        }

        try
        {
            // A splice may have written, too.
            var end = lease.WrittenPosition + write.Bytes.Length;
            var flush = lease.Output.WriteAsync(write.Bytes);
            if (flush.IsCompletedSuccessfully)
            {
                Custody.Reply(new Written(write, lease.WrittenPosition));
                return;
            }

            _pendingWrite = (write, Custody.AnswerTo(), end);
            flush.AsTask().PipeTo(
                self,
                success: _ => new Notice.OutputReady(this, SocketResult.Success),
                failure: gone => new Notice.OutputReady(this, Reason(gone)));
        }
        catch (SocketFailedException gone)
        {
            Custody.Refuse(write, gone.Result);
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
        Custody.Reply(new Confirmed(finish));
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
