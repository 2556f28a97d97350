using System.Buffers;
using System.Net.Sockets;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// What pumps, lease and controller share, behind one gate. No code of others runs while the gate is held.
internal sealed class ConnectionCore
{
    private static long _numbers;

    private long _epoch = long.MinValue;

    public ConnectionCore(IStreamSocket socket, ConnectionOptions options)
    {
        Options = options;
        In = new InboundQueue(options.Blocks, options.ReceiveBuffer);
        Out = new OutboundQueue(options.Blocks, options.SendBuffer);
        ReceiveSide = new ReceiveSide(this, socket);
        SendSide = new SendSide(this, socket);
        Ending = new ConnectionEnding(this, socket);
        Moving = new ConnectionMove(this, socket);
    }

    // Unlike any other's: where two gates are taken, the lower number's is first.
    public long Number { get; } = Interlocked.Increment(ref _numbers);

    public Lock Gate { get; } = new();

    public ConnectionOptions Options { get; }

    public InboundQueue In { get; }

    public OutboundQueue Out { get; }

    public ReceiveSide ReceiveSide { get; }

    public SendSide SendSide { get; }

    public ConnectionEnding Ending { get; }

    public ConnectionMove Moving { get; }

    public ConnectionPhase Phase { get; set; }

    public Delivery Delivery { get; private set; }

    public SocketLease? Current { get; private set; }

    // Also a moment longer than delivery goes to another connection: until whoever has to be told of its end was told.
    public SpliceLink? Link { get; private set; }

    // Set once, where another connection goes on with the socket.
    public Succession? Succession { get; private set; }

    public ConnectionStatus Status
    {
        get
        {
            lock (Gate)
            {
                return new ConnectionStatus(
                    In.Received, Out.Sent, In.UnreadLength, Out.Unsent,
                    ReceiveSide.State is not InputState.Flowing, SendSide.State is not OutputState.Flowing);
            }
        }
    }

    // Before it starts.
    public void Begin(Detached from)
    {
        In.Begin(from.Consumed, from.Unread.Span);
        Out.Begin(from.Written, from.Unsent.Span);
        if (from.IsInputShut) ReceiveSide.Begin(new InputState.Shut());
        else if (from.IsInputFinished) ReceiveSide.Begin(new InputState.Finished());
        if (from.IsOutputFinished) SendSide.Begin(new OutputState.Completing());
    }

    public void Start()
    {
        var wakes = default(Wakes);
        lock (Gate)
        {
            if (Phase is not ConnectionPhase.Created) return;
            Phase = ConnectionPhase.Open;
            WakePumps(ref wakes);
        }

        wakes.Fire();
    }

    public SocketLease Lease(long epoch, ILoan? loan)
    {
        var wakes = default(Wakes);
        SocketLease lease;
        lock (Gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(epoch, _epoch);
            _epoch = epoch;
            EndLease(ref wakes);
            lease = new SocketLease(this, epoch, loan);
            Current = lease;
            Delivery = Delivery.Held;
            WakePumps(ref wakes);
        }

        wakes.Fire();
        return lease;
    }

    public SocketResult Offer(in ReadOnlySequence<byte> pushBack)
    {
        lock (Gate)
        {
            if (!Ending.Refusal.IsSuccess || Ending.IsFinished) return SocketResult.Of(ResultCode.EEBADF);
            if (Delivery is Delivery.Spliced) return new SocketResult(ResultCode.EEBUSY, "The connection is spliced");
            if (Delivery is not Delivery.Held || Current is not { } lease)
                return new SocketResult(ResultCode.EEALREADY, "Delivery is paused already");
            if (lease.Pinned is { } pin) return new SocketResult(ResultCode.EEBUSY, pin);
            if (pushBack.Length > Options.MaxPushBack)
                return new SocketResult(ResultCode.EEMSGSIZE, $"More than {Options.MaxPushBack} bytes pushed back");
            if (pushBack.Length > In.Consumed - lease.FirstPosition)
                return new SocketResult(ResultCode.EEBADDATA, "More bytes pushed back than this owner consumed");
            In.PushBack(pushBack);
            Delivery = Delivery.Offered;
            return SocketResult.Success;
        }
    }

    // Of whoever controls the connection; of its owner, where a lease is given. In the order of soshutdown(9), with
    // the fence before it.
    public SocketResult Shutdown(SocketShutdown how, SocketLease? by)
    {
        var wakes = default(Wakes);
        lock (Gate)
        {
            if (!Ending.Refusal.IsSuccess) return Ending.Refusal;
            if (Current is not { } lease || (by is not null && by != lease))
                return SocketResult.Of(ResultCode.EESECURITY);
            if (Delivery is Delivery.Offered) return SocketResult.Of(ResultCode.EESOCKRLSD);
            if (lease.IsLent) return new SocketResult(ResultCode.EESOCKRLSD, "Shutdown: the connection is on loan");
            if (Phase is ConnectionPhase.Ended) return SocketResult.Of(ResultCode.EENOTCONN);
            if (Delivery is Delivery.Spliced) return new SocketResult(ResultCode.EEBUSY, "The connection is spliced");
            if (lease.PinOf(how) is { } pin) return new SocketResult(ResultCode.EEBUSY, pin);
            if (how is not SocketShutdown.Send) ReceiveSide.Shut(ref wakes);
            if (how is not SocketShutdown.Receive) SendSide.Complete(ref wakes);
        }

        wakes.Fire();
        return SocketResult.Success;
    }

    public void Resume()
    {
        var wakes = default(Wakes);
        lock (Gate)
        {
            if (Delivery is not Delivery.Offered) return;
            Delivery = Delivery.Held;
            NoticeInput(ref wakes);
            Ending.CloseIfOwnerIsDone(ref wakes);
            WakePumps(ref wakes);
        }

        wakes.Fire();
    }

    public void Tear()
    {
        var wakes = default(Wakes);
        lock (Gate) EndLease(ref wakes);
        wakes.Fire();
    }

    public void Close(SocketResult why)
    {
        var wakes = default(Wakes);
        lock (Gate) Ending.Close(why, ref wakes);
        wakes.Fire();
    }

    // A refusal has no effect.
    public (Succession? Succession, SocketResult Result) Succeed(IStreamSocket socket)
    {
        var wakes = default(Wakes);
        lock (Gate)
        {
            if (SuccessionObstacle() is { } obstacle) return (null, obstacle);
            Succession = new Succession(socket, Options)
            {
                Consumed = In.Received,
                Written = Out.Accepted,
                Unread = In.Unread.ToArray(),
            };
            In.ConsumeTo(In.Received);
            Ending.Succeed(ref wakes);
        }

        wakes.Fire();
        return (Succession, SocketResult.Success);
    }

    public void BoundInput(int pauseAt)
    {
        var wakes = default(Wakes);
        lock (Gate)
        {
            In.PauseAt = pauseAt;
            ReceiveSide.Wake(ref wakes);
        }

        wakes.Fire();
    }

    // Why it cannot be spliced now. Under the gate, as is all that is about splices.
    public SocketResult? SpliceObstacle()
    {
        if (!Ending.Refusal.IsSuccess || Ending.IsFinished) return SocketResult.Of(ResultCode.EEBADF);
        if (Delivery is Delivery.Spliced) return new(ResultCode.EEBUSY, "The connection is spliced already");
        if (Delivery is not Delivery.Held || Current is not { } lease)
            return new(ResultCode.EEALREADY, "Delivery is paused already");
        if (lease.Pinned is { } pin) return new(ResultCode.EEBUSY, pin);
        return Phase is ConnectionPhase.Open && SendSide.State is OutputState.Flowing
            && ReceiveSide.State is InputState.Flowing or InputState.Finished
            ? null
            : new(ResultCode.EENOTCONN, "The connection is not open both ways");
    }

    private SocketResult? SuccessionObstacle()
    {
        if (SpliceObstacle() is { } obstacle) return obstacle;
        if (ReceiveSide.State is not InputState.Flowing)
            return new(ResultCode.EENOTCONN, "The peer has finished, or an owner takes no more");
        return ReceiveSide.IsDurable
            ? new(ResultCode.EEMODENOTSUPP, "Durable reads are on, or were when the last bytes came")
            : null;
    }

    public void Splice(SpliceLink link)
    {
        Link = link;
        Delivery = Delivery.Spliced;
        Current!.BeginSplice();
        Out.DropUnflushed();
    }

    // The owner goes on where the splice has come to.
    public void Unsplice()
    {
        if (Delivery is not Delivery.Spliced) return;
        Delivery = Delivery.Held;
        Current!.EndSplice();
    }

    public void Forget(SpliceLink link, ref Wakes wakes)
    {
        if (Link == link) Link = null;
        NoticeInput(ref wakes);
        Ending.CloseIfOwnerIsDone(ref wakes);
        Ending.CheckFinished(ref wakes);
        WakePumps(ref wakes);
    }

    public void NoticeInput(ref Wakes wakes)
    {
        if (Link is { } link) wakes.Splice = link;
        if (Current is not { } lease) return;
        if (ReceiveSide.State is not InputState.Flowing && lease.NoticeInputEnd()) wakes.InputEndedLease = lease;
        if (lease.Reader.Notice()) wakes.Reader = lease.Reader;
        if (lease.Messages is { } messages && messages.Notice()) wakes.Messages = messages;
    }

    public void NoticeOutput(ref Wakes wakes)
    {
        if (Link is { } link && (Out.HasRoom || SendSide.State is not OutputState.Flowing)) wakes.Splice = link;
        if (Current is { } lease && lease.Writer.Notice()) wakes.Writer = lease.Writer;
    }

    public void WakePumps(ref Wakes wakes)
    {
        ReceiveSide.Wake(ref wakes);
        SendSide.Wake(ref wakes);
    }

    public void EndLease(ref Wakes wakes)
    {
        if (Current is not { } lease) return;
        Current = null;
        Delivery = Delivery.Nobody;
        if (Link is { } link) wakes.Splice = link;
        lease.End(ref wakes);
        Out.DropUnflushed();
        In.ForgetExamined();
    }
}
