using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sockets;

// From the socket to the inbound queue, and to nowhere once this side is closed.
internal sealed class ReceiveSide(ConnectionCore core, IStreamSocket socket) : Pump(core)
{
    private bool _isRunning;
    private bool _isOver;
    private bool _isReceiving;
    private bool _isDurable;
    private volatile bool _wantsDurable;
    private long _discarded;

    private enum Step
    {
        Receive,
        Wait,
        Stop,
    }

    public InputState State { get; private set; } = InputState.Flowing.Instance;

    // No byte follows those that are unread, and that is no failure.
    public bool IsOver => State is InputState.Finished or InputState.Shut;

    // Nothing of it is under way.
    public bool IsStill => !_isRunning || _isOver;

    // What it reads stays in the system, or still did when it read last.
    public bool IsDurable => _wantsDurable || _isDurable;

    private bool IsSeen => Core.Delivery is Delivery.Held && Core.In.UnreadLength == 0;

    // From the next receive on. EEMODENOTSUPP where the socket cannot.
    public SocketResult SetDurable(bool isOn)
    {
        if (isOn && socket is not IDurable)
            return new(ResultCode.EEMODENOTSUPP, "the socket's engine does not leave in the system what it reads");
        _wantsDurable = isOn;
        return SocketResult.Success;
    }

    public void Wake(ref Wakes wakes)
    {
        if (Core.In.IsStuck && State is InputState.Flowing) Core.Ending.TooLong(ref wakes);
        if (_isRunning || Decide(wasWaiting: true) is Step.Wait) return;
        _isRunning = true;
        wakes.ReceivePump = this;
    }

    // How it was elsewhere.
    public void Begin(InputState state) => State = state;

    // Takes no more: what is unread is dropped too (sorflush).
    public void Shut(ref Wakes wakes)
    {
        Core.In.ConsumeTo(Core.In.Received);
        if (State is InputState.Flowing) State = new InputState.Shut();
        Core.NoticeInput(ref wakes);
        Core.Ending.CheckFinished(ref wakes);
        Wake(ref wakes);
    }

    public void MarkFailed(SocketResult why, ref Wakes wakes)
    {
        if (State is InputState.Failed) return;
        State = new InputState.Failed(why);
        Core.NoticeInput(ref wakes);
    }

    protected override bool Take(IoResult result) => _isReceiving ? Took(result) : Waited(result);

    protected override bool Begin()
    {
        Step step;
        lock (Core.Gate)
        {
            step = Decide(wasWaiting: false);
            _isRunning = step is not Step.Wait;
            _isOver = step is Step.Stop;
            if (_isOver) Core.Succession?.HaveReceived(Core.In, State);
            Core.Moving.NoticeStill();
        }

        if (step is Step.Stop) Core.Ending.PumpEnded(defect: null);
        return step is Step.Receive && CallWait();
    }

    private Step Decide(bool wasWaiting) => (Core.Phase, State) switch
    {
        (ConnectionPhase.Created, _) => Step.Wait,
        ( >= ConnectionPhase.Stopping, _) => Step.Stop,
        _ when Core.Moving.IsUnderWay => Step.Wait,
        _ when Core.Succession is not null => Step.Stop,
        (_, InputState.Failed) => Step.Stop,

        // The end waits for the owner to have seen everything before it.
        (ConnectionPhase.Open, InputState.Finished) => IsSeen ? Step.Stop : Step.Wait,
        (_, InputState.Finished) => Step.Stop,
        (ConnectionPhase.Open, _) => (wasWaiting ? Core.In.HasRoom : !Core.In.IsFull) ? Step.Receive : Step.Wait,

        // Reading no more than so much stops a peer that only sends, and leaves it time to read our last bytes.
        (ConnectionPhase.Lingering, _) when _discarded >= Core.Options.LingerBytes => Step.Wait,
        _ => Step.Receive,
    };

    private bool CallWait()
    {
        _isReceiving = false;
        return Call(socket.WaitReadableAsync());
    }

    private bool Waited(IoResult ready)
    {
        if (ready.Code is ResultCode.EEINTR) return Begin();
        if (!ready.IsSuccess)
        {
            var wakes = default(Wakes);
            lock (Core.Gate) Core.Ending.ReceiveFailed(ready.Code, ref wakes);
            wakes.Fire();
            return Begin();
        }

        if (_wantsDurable || _isDurable)
        {
            lock (Core.Gate) ApplyMode();
        }

        // No block is taken before there is something to put in it.
        if (!Core.In.TryBeginAlone(out var memory))
        {
            lock (Core.Gate) memory = Core.In.BeginReceive();
        }

        _isReceiving = true;
        return Call(socket.ReceiveAsync(memory));
    }

    private bool Took(IoResult result)
    {
        var wakes = default(Wakes);
        bool goesOn;
        lock (Core.Gate)
        {
            if (result.Code is ResultCode.EEINTR)
            {
                Core.In.EndReceive(0);
            }
            else if (!result.IsSuccess)
            {
                Core.In.EndReceive(0);
                Core.Ending.ReceiveFailed(result.Code, ref wakes);
            }
            else if (result.Bytes == 0)
            {
                Core.In.EndReceive(0);
                Finish(ref wakes);
            }
            else if (Core.Phase is ConnectionPhase.Open && State is not InputState.Shut)
            {
                Core.In.EndReceive(result.Bytes);
                Core.NoticeInput(ref wakes);
            }
            else
            {
                Core.In.EndReceive(0);
                if (Core.Phase is ConnectionPhase.Lingering) _discarded += result.Bytes;
            }

            goesOn = Decide(wasWaiting: false) is Step.Receive;
        }

        Traffic.Received(result.Bytes);
        wakes.Fire();

        // There is room for more whatever the owner did meanwhile; what else there is, is decided after it.
        return goesOn ? CallWait() : Begin();
    }

    // What comes while it closes is thrown away.
    private void ApplyMode()
    {
        var wants = _wantsDurable && Core.Phase is ConnectionPhase.Open && State is not InputState.Shut;
        if (wants == _isDurable) return;
        _isDurable = wants;
        Core.In.SetDurable(wants ? (IDurable)socket : null, Core.Options.DurableBuffer);
    }

    private void Finish(ref Wakes wakes)
    {
        // After a failed send the system has told the reset already, and shows an end here.
        if (Core.SendSide.State is OutputState.Failed failed)
        {
            MarkFailed(failed.Why, ref wakes);
            return;
        }

        State = new InputState.Finished();
        Core.NoticeInput(ref wakes);
    }
}
