using System.IO.Pipelines;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Memory;

// A connect that waits for room in a listener's backlog. Resolved under the listener's gate.
internal sealed class MemoryConnect(MemoryListenSocket listener, PipeScheduler scheduler)
{
    private readonly Waiter<SocketOr<IStreamSocket>> _waiter = new(scheduler);
    private ITimer? _timer;
    private CancellationTokenRegistration _registration;

    public ValueTask<SocketOr<IStreamSocket>> Wait(
        TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _waiter.Arm();
        _timer = timeProvider.CreateTimer(
            static connect => ((MemoryConnect)connect!).GiveUp(ResultCode.EETIMEDOUT),
            this, timeout, Timeout.InfiniteTimeSpan);
        _registration = cancellationToken.UnsafeRegister(
            static connect => ((MemoryConnect)connect!).GiveUp(ResultCode.EEINTR), this);
        return _waiter.Armed;
    }

    public void Resolve(SocketOr<IStreamSocket> result)
    {
        _timer?.Dispose();
        _registration.Unregister();
        _waiter.Resolve(result);
    }

    public void Fire() => _waiter.Fire();

    private void GiveUp(ResultCode why) => listener.GiveUp(this, why);
}
