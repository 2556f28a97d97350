using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets.Messages;

// What the two loops, the lease and the controller share, behind one gate. No code of others runs while the gate is
// held; a send that does not wait is none.
internal sealed class MessageCore
{
    private long _epoch = long.MinValue;

    public MessageCore(IDatagramSocket socket, MessageOptions options)
    {
        Socket = socket;
        Options = options;
        In = new MessageQueue(options.Blocks, options.ReceiveMessages, options.ReceiveBuffer);
        Out = new MessageQueue(options.Blocks, options.SendMessages, options.SendBuffer);
        Receiver = new MessageReceiver(this);
        Sender = new MessageSender(this);
        Ending = new MessageEnding(this);
    }

    public Lock Gate { get; } = new();

    public IDatagramSocket Socket { get; }

    public MessageOptions Options { get; }

    public MessageQueue In { get; }

    public MessageQueue Out { get; }

    public MessageReceiver Receiver { get; }

    public MessageSender Sender { get; }

    public MessageEnding Ending { get; }

    public ConnectionPhase Phase { get; set; }

    public Delivery Delivery { get; private set; }

    public MessageLease? Current { get; private set; }

    public MessageStatus Status
    {
        get
        {
            lock (Gate)
            {
                return new MessageStatus(
                    In.End, In.First, Out.End, Out.First, In.BytesAppended, Out.BytesRemoved, In.Bytes, Out.Bytes,
                    Socket.Dropped, Receiver.State is not InputState.Flowing);
            }
        }
    }

    public void Start()
    {
        lock (Gate)
        {
            if (Phase is not ConnectionPhase.Created) return;
            Phase = ConnectionPhase.Open;
        }

        Ending.Run();
    }

    public MessageLease Lease(long epoch, bool isLent)
    {
        var wakes = default(MessageWakes);
        MessageLease lease;
        lock (Gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(epoch, _epoch);
            _epoch = epoch;
            EndLease(ref wakes);
            lease = new MessageLease(this, epoch, isLent);
            Current = lease;
            Delivery = Delivery.Held;
        }

        wakes.Fire();
        return lease;
    }

    public SocketResult Offer()
    {
        lock (Gate)
        {
            if (!Ending.Refusal.IsSuccess || Ending.IsFinished) return SocketResult.Of(ResultCode.EEBADF);
            if (Delivery is not Delivery.Held || Current is not { } lease)
                return new SocketResult(ResultCode.EEALREADY, "Delivery is paused already");
            if (lease.Pinned is { } pin) return new SocketResult(ResultCode.EEBUSY, pin);
            Delivery = Delivery.Offered;
            return SocketResult.Success;
        }
    }

    public void Resume()
    {
        var wakes = default(MessageWakes);
        lock (Gate)
        {
            if (Delivery is not Delivery.Offered) return;
            Delivery = Delivery.Held;
            NoticeInput(ref wakes);
        }

        wakes.Fire();
    }

    public void Tear()
    {
        var wakes = default(MessageWakes);
        lock (Gate) EndLease(ref wakes);
        wakes.Fire();
    }

    // Up to this position, without it.
    public void Consume(long position, ref MessageWakes wakes)
    {
        if (!Ending.Refusal.IsSuccess) return;
        while (In.First < position) In.Remove();
        Receiver.Wake(ref wakes);
        Ending.CheckFinished(ref wakes);
    }

    public void NoticeInput(ref MessageWakes wakes)
    {
        if (Current is not { } lease) return;
        if (lease.Reader.Notice()) wakes.Reader = lease.Reader;
        if (lease.Input is { } input && input.Notice()) wakes.Input = input;
    }

    public void NoticeOutput(ref MessageWakes wakes)
    {
        if (Current is { } lease && lease.Writer.Notice(ref wakes)) wakes.Writer = lease.Writer;
    }

    private void EndLease(ref MessageWakes wakes)
    {
        if (Current is not { } lease) return;
        Current = null;
        Delivery = Delivery.Nobody;
        lease.End(ref wakes);
    }
}
