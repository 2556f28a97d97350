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
        Moving = new MessageMove(this);
    }

    public Lock Gate { get; } = new();

    public IDatagramSocket Socket { get; }

    public MessageOptions Options { get; }

    public MessageQueue In { get; }

    public MessageQueue Out { get; }

    public MessageReceiver Receiver { get; }

    public MessageSender Sender { get; }

    public MessageEnding Ending { get; }

    public MessageMove Moving { get; }

    public ConnectionPhase Phase { get; set; }

    // What comes is left in the system for another process; to be set before it starts.
    public bool IsForPrograms { get; set; }

    public bool MayReceive => !(IsForPrograms || Moving.IsUnderWay);

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

    // Before it starts.
    public void Begin(DetachedMessages from)
    {
        In.Begin(from.Consumed, from.Unread);
        Out.Begin(from.Written - from.Unsent.Count, from.Unsent);
        Receiver.Begin(from.IsInputFinished, from.IsReset);
        Sender.Begin(from.IsOutputFinished);
    }

    public void Start()
    {
        var wakes = default(MessageWakes);
        lock (Gate)
        {
            if (Phase is not ConnectionPhase.Created) return;
            Phase = ConnectionPhase.Open;
            if (Sender.IsFinishing) Sender.Finish(ref wakes);
        }

        wakes.Fire();
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

    // Whoever had it has it no more, and its periods of ownership begin anew.
    public void Unown()
    {
        var wakes = default(MessageWakes);
        lock (Gate)
        {
            EndLease(ref wakes);
            _epoch = long.MinValue;
        }

        wakes.Fire();
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

    public void WakeLoops(ref MessageWakes wakes)
    {
        Receiver.Wake(ref wakes);
        Sender.Wake(ref wakes);
    }

    public void EndLease(ref MessageWakes wakes)
    {
        if (Current is not { } lease) return;
        Current = null;
        Delivery = Delivery.Nobody;
        lease.End(ref wakes);
    }
}
