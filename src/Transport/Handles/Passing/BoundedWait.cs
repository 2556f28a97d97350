using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Passing;

// The waits of one direction of a descriptor, one at a time, with one timer for all of them. Who waited goes on on the
// loop: what takes long does so elsewhere.
internal sealed class BoundedWait(
    Descriptor descriptor,
    TimeProvider timeProvider,
    Func<Descriptor, ValueTask<IoResult>> wait,
    Action<Descriptor> interrupt) : IDisposable
{
    private ITimer? _timer;

    // Success: it may be tried again. Else EETIMEDOUT, EEINTR, or why it cannot be waited for.
    public async ValueTask<ResultCode> WaitAsync(Bound bound, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;
        var left = bound.Left;
        if (left == TimeSpan.Zero) return ResultCode.EETIMEDOUT;
        var timer = _timer ??= timeProvider.CreateTimer(
            static waits => ((BoundedWait)waits!).Interrupt(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        IoResult ready;
        await using (cancellationToken.UnsafeRegister(
            static waits => ((BoundedWait)waits!).Interrupt(), this).ConfigureAwait(false))
        {
            var waiting = wait(descriptor);
            timer.Change(InWholeMilliseconds(left), Timeout.InfiniteTimeSpan);

            // It may have been cancelled before there was a wait to interrupt.
            if (cancellationToken.IsCancellationRequested) Interrupt();
            ready = await waiting.ConfigureAwait(false);
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (ready.IsSuccess) return ResultCode.EESUCCESS;
        if (ready.Code is not ResultCode.EEINTR) return ready.Code;
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;

        // The timer may have fired for an earlier wait, as this one began.
        return bound.Left == TimeSpan.Zero ? ResultCode.EETIMEDOUT : ResultCode.EESUCCESS;
    }

    public void Dispose() => _timer?.Dispose();

    private void Interrupt() => interrupt(descriptor);

    // A timer leaves the rest out, and would fire early.
    private static TimeSpan InWholeMilliseconds(TimeSpan left) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
}
