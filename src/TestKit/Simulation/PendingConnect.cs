using System.IO.Pipelines;
using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Simulation;

// A connect that waits: for its answer, or for room in a listener's backlog. Called under the gate.
internal sealed class PendingConnect(
    SimulatedNetwork network, IPEndPoint place, IPEndPoint from, PipeScheduler scheduler) : IDue
{
    private readonly Call<SocketOr<IStreamSocket>> _call = new(scheduler);
    private ITimer? _timer;
    private CancellationTokenRegistration _registration;

    public IPEndPoint Place => place;

    // Port 0 for any.
    public IPEndPoint From => from;

    public bool IsWaiting => _call.IsWaiting;

    public SimulatedListener? Queue { get; set; }

    public ValueTask<SocketOr<IStreamSocket>> Wait(
        TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _call.Arm();
        _timer = timeProvider.CreateTimer(
            static connect => ((PendingConnect)connect!).GiveUp(ResultCode.EETIMEDOUT),
            this, timeout, Timeout.InfiniteTimeSpan);
        _registration = cancellationToken.UnsafeRegister(
            static connect => ((PendingConnect)connect!).GiveUp(ResultCode.EEINTR), this);
        return _call.Armed;
    }

    // The answer is there.
    public void Come(ref Wakes wakes)
    {
        if (IsWaiting && network.Reach(this, ref wakes) is { } result) End(result, ref wakes);
    }

    public void End(SocketOr<IStreamSocket> result, ref Wakes wakes)
    {
        _timer?.Dispose();
        _registration.Unregister();
        _call.End(result, ref wakes);
    }

    // Not under the gate.
    private void GiveUp(ResultCode why) => network.GiveUp(this, why);
}
