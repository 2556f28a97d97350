using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// The receive pump: from the socket to the inbound queue, and to nowhere once this side is closed.
internal sealed class ReceiveSide(ConnectionCore core, IStreamSocket socket)
{
    private readonly Waiter<bool> _waiter = new(core.Options.PumpScheduler);
    private long _discarded;

    private enum Step
    {
        Receive,
        Wait,
        Stop,
    }

    public InputState State { get; private set; } = new InputState.Flowing();

    public async Task RunAsync()
    {
        while (true)
        {
            var step = Next();
            if (step is Step.Stop) return;
            if (step is Step.Wait)
            {
                await _waiter.Armed.ConfigureAwait(false);
                continue;
            }

            // No block is taken before there is something to put in it.
            var ready = await socket.WaitReadableAsync().ConfigureAwait(false);
            if (ready.Code is ResultCode.EEINTR) continue;
            if (!ready.IsSuccess)
            {
                Fail(ready.Code);
                continue;
            }

            Memory<byte> memory;
            lock (core.Gate) memory = core.In.BeginReceive();
            Took(await socket.ReceiveAsync(memory).ConfigureAwait(false));
        }
    }

    public void Wake(ref Wakes wakes)
    {
        if (!_waiter.IsWaiting || Decide(wasWaiting: true) is Step.Wait) return;
        _waiter.Resolve(true);
        wakes.ReceivePump = _waiter;
    }

    public void MarkFailed(SocketResult why, ref Wakes wakes)
    {
        if (State is InputState.Failed) return;
        State = new InputState.Failed(why);
        core.NoticeInput(ref wakes);
    }

    private Step Next()
    {
        lock (core.Gate)
        {
            var step = Decide(wasWaiting: false);
            if (step is Step.Wait) _waiter.Arm();
            return step;
        }
    }

    private Step Decide(bool wasWaiting) => (core.Phase, State) switch
    {
        (ConnectionPhase.Created, _) => Step.Wait,
        ( >= ConnectionPhase.Stopping, _) => Step.Stop,
        (_, InputState.Failed) => Step.Stop,

        // The end waits for the owner to have seen everything before it.
        (ConnectionPhase.Open, InputState.Finished) => IsSeen ? Step.Stop : Step.Wait,
        (_, InputState.Finished) => Step.Stop,
        (ConnectionPhase.Open, _) => (wasWaiting ? core.In.HasRoom : !core.In.IsFull) ? Step.Receive : Step.Wait,

        // Reading no more than so much stops a peer that only sends, and leaves it time to read our last bytes.
        (ConnectionPhase.Lingering, _) when _discarded >= core.Options.LingerBytes => Step.Wait,
        _ => Step.Receive,
    };

    private bool IsSeen => core.Delivery is Delivery.Held && core.In.UnreadLength == 0;

    private void Took(IoResult result)
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            if (!result.IsSuccess)
            {
                core.In.EndReceive(0);
                core.Ending.ReceiveFailed(result.Code, ref wakes);
            }
            else if (result.Bytes == 0)
            {
                core.In.EndReceive(0);
                Finish(ref wakes);
            }
            else if (core.Phase is ConnectionPhase.Open)
            {
                core.In.EndReceive(result.Bytes);
                core.NoticeInput(ref wakes);
            }
            else
            {
                core.In.EndReceive(0);
                if (core.Phase is ConnectionPhase.Lingering) _discarded += result.Bytes;
            }
        }

        wakes.Fire();
    }

    private void Fail(ResultCode code)
    {
        var wakes = default(Wakes);
        lock (core.Gate) core.Ending.ReceiveFailed(code, ref wakes);
        wakes.Fire();
    }

    private void Finish(ref Wakes wakes)
    {
        // After a failed send the system has told the reset already, and shows an end here.
        if (core.SendSide.State is OutputState.Failed failed)
        {
            MarkFailed(failed.Why, ref wakes);
            return;
        }

        State = new InputState.Finished();
        core.NoticeInput(ref wakes);
    }
}
