using System.Buffers;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// From the outbound queue to the socket, then the FIN.
internal sealed class SendSide(ConnectionCore core, IStreamSocket socket) : Pump(core)
{
    private const int MostInOneSend = 64 * 1024;

    private bool _isRunning;
    private bool _isOver;
    private Step _step;
    private ReadOnlySequence<byte> _batch;

    private enum Step
    {
        Wait,
        Send,
        Shut,
        Stop,
    }

    public OutputState State { get; private set; } = OutputState.Flowing.Instance;

    // Nothing of it is under way.
    public bool IsStill => !_isRunning || _isOver;

    // How it was elsewhere.
    public void Begin(OutputState state) => State = state;

    public void Wake(ref Wakes wakes)
    {
        if (!_isRunning && Next()) wakes.SendPump = this;
    }

    // Accepts nothing more; what was accepted and the FIN still go out.
    public void Complete(ref Wakes wakes)
    {
        if (State is not OutputState.Flowing) return;
        State = new OutputState.Completing();
        Wake(ref wakes);
    }

    public void MarkFailed(SocketResult why, ref Wakes wakes)
    {
        if (State is OutputState.Failed or OutputState.Shut) return;
        State = new OutputState.Failed(why);
        Core.NoticeOutput(ref wakes);
    }

    protected override bool Take(IoResult result) =>
        (_step is Step.Shut ? HaveShut(result.Code) : HaveSent(result)) && Begin();

    // What was decided when it was woken, or when the last step was done.
    protected override bool Begin()
    {
        switch (_step)
        {
            case Step.Send:
                return Call(_batch.IsSingleSegment ? socket.SendAsync(_batch.First) : socket.SendAsync(_batch));
            case Step.Shut:
                return Call(socket.ShutdownSendAsync());
            case Step.Stop:
                Core.Succession?.HaveSent(State);
                Core.Ending.PumpEnded(defect: null);
                return false;
            default:
                return false;
        }
    }

    // Under the gate. True if there is another step; whoever wakes the pump has seen to it otherwise.
    private bool Next()
    {
        _step = Decide();
        _isRunning = _step is not Step.Wait;
        _isOver = _step is Step.Stop;
        Core.Moving.NoticeStill();
        if (_step is Step.Send) _batch = Core.Out.Batch(MostInOneSend);
        return _isRunning;
    }

    private Step Decide() => (Core.Phase, State) switch
    {
        (ConnectionPhase.Created, _) => Step.Wait,
        ( >= ConnectionPhase.Stopping, _) => Step.Stop,
        _ when Core.Moving.IsUnderWay => Step.Wait,
        (_, OutputState.Failed or OutputState.Shut) => Step.Stop,
        _ when Core.Out.Unsent > 0 => Step.Send,
        _ when Core.Succession is not null => Step.Stop,
        (_, OutputState.Completing) => Step.Shut,
        _ => Step.Wait,
    };

    private bool HaveSent(IoResult result)
    {
        var wakes = default(Wakes);
        bool wakesWriters;
        var goesOn = false;
        lock (Core.Gate)
        {
            _batch = default;
            Core.Out.MarkSent(result.Bytes);
            if (result.IsSuccess) Core.NoticeOutput(ref wakes);
            else if (result.Code is not ResultCode.EEINTR) Core.Ending.SendFailed(result.Code, ref wakes);
            wakesWriters = wakes.Writer is not null || wakes.Splice is not null;
            if (!wakesWriters) goesOn = Next();
        }

        Traffic.Sent(result.Bytes);
        wakes.Fire();
        if (!wakesWriters) return goesOn;

        // What they have written meanwhile is sent from here, not from within their call: that would never end.
        lock (Core.Gate) return Next();
    }

    private bool HaveShut(ResultCode code)
    {
        var wakes = default(Wakes);
        bool goesOn;
        lock (Core.Gate)
        {
            if (code is ResultCode.EESUCCESS)
            {
                State = new OutputState.Shut();
                Core.Ending.OutputShut(ref wakes);
            }
            else
            {
                Core.Ending.SendFailed(code, ref wakes);
            }

            goesOn = Next();
        }

        wakes.Fire();
        return goesOn;
    }
}
