using System.Buffers;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// The send pump: from the outbound queue to the socket, then the FIN.
internal sealed class SendSide(ConnectionCore core, IStreamSocket socket)
{
    private const int MostInOneSend = 64 * 1024;
    private readonly Waiter<bool> _waiter = new(core.Options.PumpScheduler);

    private enum Step
    {
        Send,
        Shut,
        Wait,
        Stop,
    }

    public OutputState State { get; private set; } = new OutputState.Flowing();

    public async Task RunAsync()
    {
        while (true)
        {
            var (step, batch) = Next();
            switch (step)
            {
                case Step.Stop:
                    return;
                case Step.Wait:
                    await _waiter.Armed.ConfigureAwait(false);
                    break;
                case Step.Shut:
                    HaveShut(socket.ShutdownSend());
                    break;
                case Step.Send:
                    HaveSent(batch.IsSingleSegment
                        ? await socket.SendAsync(batch.First).ConfigureAwait(false)
                        : await socket.SendAsync(batch).ConfigureAwait(false));
                    break;
            }
        }
    }

    public void Wake(ref Wakes wakes)
    {
        if (!_waiter.IsWaiting || Decide() is Step.Wait) return;
        _waiter.Resolve(true);
        wakes.SendPump = _waiter;
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
        core.NoticeOutput(ref wakes);
    }

    private (Step Step, ReadOnlySequence<byte> Batch) Next()
    {
        lock (core.Gate)
        {
            var step = Decide();
            if (step is Step.Wait) _waiter.Arm();
            return (step, step is Step.Send ? core.Out.Batch(MostInOneSend) : default);
        }
    }

    private Step Decide() => (core.Phase, State) switch
    {
        (ConnectionPhase.Created, _) => Step.Wait,
        ( >= ConnectionPhase.Stopping, _) => Step.Stop,
        (_, OutputState.Failed or OutputState.Shut) => Step.Stop,
        _ when core.Out.Unsent > 0 => Step.Send,
        (_, OutputState.Completing) => Step.Shut,
        _ => Step.Wait,
    };

    private void HaveSent(IoResult result)
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            core.Out.MarkSent(result.Bytes);
            if (result.IsSuccess) core.NoticeOutput(ref wakes);
            else core.Ending.SendFailed(result.Code, ref wakes);
        }

        wakes.Fire();
    }

    private void HaveShut(ResultCode code)
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            if (code is ResultCode.EESUCCESS)
            {
                State = new OutputState.Shut();
                core.Ending.OutputShut(ref wakes);
            }
            else
            {
                core.Ending.SendFailed(code, ref wakes);
            }
        }

        wakes.Fire();
    }
}
