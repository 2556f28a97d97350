namespace Handoff.Transport.Engine.Linux;

// The next of those that a listener accepts: tried at once, and else as often as the loop says that one may be there.
internal static class AcceptWait
{
    // EEINTR: cancelled, and none is lost.
    public static ValueTask<SocketOr<T>> NextAsync<T>(
        Descriptor listener, Func<SocketOr<T>> tryAccept, CancellationToken cancellationToken)
        where T : class
    {
        if (cancellationToken.IsCancellationRequested) return new((SocketOr<T>)ResultCode.EEINTR);
        var accepted = tryAccept();
        return accepted.Code is ResultCode.EEWOULDBLOCK
            ? LaterAsync(listener, tryAccept, cancellationToken)
            : new(accepted);
    }

    private static async ValueTask<SocketOr<T>> LaterAsync<T>(
        Descriptor listener, Func<SocketOr<T>> tryAccept, CancellationToken cancellationToken)
        where T : class
    {
        await using var cancelling = cancellationToken.UnsafeRegister(
            static readable => ((Readiness)readable!).Interrupt(), listener).ConfigureAwait(false);
        while (true)
        {
            var waiting = listener.WaitReadableAsync();

            // It may have been cancelled before there was a wait to interrupt.
            if (cancellationToken.IsCancellationRequested) listener.Interrupt();
            var ready = await waiting.ConfigureAwait(false);
            if (!ready.IsSuccess) return ready.Code;
            var accepted = tryAccept();
            if (accepted.Code is not ResultCode.EEWOULDBLOCK) return accepted;
        }
    }
}
