using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// A one-to-one connect that waits for its association. Called under the gate.
internal sealed class SimulatedSctpConnect(SimulatedSctpSocket socket, NetworkCore core)
{
    private readonly Call<SocketOr<ISctpSocket>> _call = new(core.Options.Scheduler);
    private ITimer? _timer;
    private CancellationTokenRegistration _registration;

    public ValueTask<SocketOr<ISctpSocket>> Wait(
        TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _call.Arm();
        _timer = timeProvider.CreateTimer(
            static connect => ((SimulatedSctpConnect)connect!).GiveUp(ResultCode.EETIMEDOUT),
            this, timeout, Timeout.InfiniteTimeSpan);
        _registration = cancellationToken.UnsafeRegister(
            static connect => ((SimulatedSctpConnect)connect!).GiveUp(ResultCode.EEINTR), this);
        return _call.Armed;
    }

    // Whether it was what is waited for.
    public bool Heard(SctpEvent what, ref Wakes wakes)
    {
        SocketOr<ISctpSocket>? result = what switch
        {
            SctpUp => socket,
            SctpCannotStart failed => failed.Code,
            SctpLost lost => lost.Code,
            _ => null,
        };
        if (result is not { } outcome) return false;
        End(outcome, ref wakes);
        return true;
    }

    // Not under the gate.
    private void GiveUp(ResultCode why)
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            if (!_call.IsWaiting) return;
            End(why, ref wakes);
            socket.GiveUpConnecting(ref wakes);
        }

        wakes.Fire();
    }

    private void End(SocketOr<ISctpSocket> result, ref Wakes wakes)
    {
        _timer?.Dispose();
        _registration.Unregister();
        _call.End(result, ref wakes);
    }
}
