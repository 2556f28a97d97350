using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Passing;

// What is left of a time-out over several waits.
internal readonly struct Bound(TimeSpan within, TimeProvider timeProvider)
{
    private readonly long _began = timeProvider.GetTimestamp();

    public TimeSpan Left
    {
        get
        {
            var left = within - timeProvider.GetElapsedTime(_began);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    // Success: it may be tried again. Else EETIMEDOUT, EEINTR, or why it cannot be waited for.
    public async ValueTask<ResultCode> WaitAsync(
        Descriptor descriptor,
        Func<Descriptor, ValueTask<IoResult>> wait,
        Action<Descriptor> interrupt,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;
        var left = Left;
        if (left == TimeSpan.Zero) return ResultCode.EETIMEDOUT;
        using var late = new CancellationTokenSource(left, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        IoResult ready;
        await using (either.Token.UnsafeRegister(_ => interrupt(descriptor), null).ConfigureAwait(false))
        {
            var waiting = wait(descriptor);

            // It may have been late before there was a wait to interrupt.
            if (either.IsCancellationRequested) interrupt(descriptor);
            ready = await waiting.ConfigureAwait(false);
        }

        // Off the loop: what follows may take long, and other sockets' bytes would wait for it.
        await Task.Yield();
        if (ready.IsSuccess) return ResultCode.EESUCCESS;
        if (ready.Code is not ResultCode.EEINTR) return ready.Code;
        return cancellationToken.IsCancellationRequested ? ResultCode.EEINTR : ResultCode.EETIMEDOUT;
    }
}
