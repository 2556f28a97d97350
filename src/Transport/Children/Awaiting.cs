using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

// Until there is something for a program: a connection that waits, or a datagram. Nothing of it is taken, and the
// socket, which no loop watches, is looked at by a copy.
internal static class Awaiting
{
    // EEINTR once the token trips. Whoever waits goes on on a loop.
    public static async Task<ResultCode> ReadableAsync(
        LinuxEngine engine, SocketDescriptor socket, CancellationToken cancellationToken)
    {
        var copy = SystemCalls.Control(socket.Number, Native.DuplicateClosedOnExec, 0);
        if (copy < 0) return Errors.OfSocket(Errors.Last);
        var watch = engine.Place(copy, isShared: true);
        watch.Name = "a socket that waits for its program";
        try
        {
            await using var cancelling = cancellationToken.UnsafeRegister(
                static readable => ((Readiness)readable!).Interrupt(), watch).ConfigureAwait(false);
            return await ReadableAsync(watch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            watch.Close();
        }
    }

    private static async Task<ResultCode> ReadableAsync(Descriptor watch, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            watch.Clear();
            if (IsReadable(watch.Number)) return ResultCode.EESUCCESS;
            var waiting = watch.WaitReadableAsync();

            // It may have been cancelled before there was a wait to interrupt.
            if (cancellationToken.IsCancellationRequested) watch.Interrupt();
            var ready = await waiting.ConfigureAwait(false);
            if (!ready.IsSuccess && ready.Code is not ResultCode.EEINTR) return ready.Code;
        }

        return ResultCode.EEINTR;
    }

    // Or failed, which is the program's to find out.
    private static unsafe bool IsReadable(int number)
    {
        var entry = new PollEntry { Descriptor = number, Events = (ushort)Native.Readable };
        int count;
        do count = SystemCalls.Poll(&entry, 1, 0);
        while (count < 0 && Errors.Last is Errno.Interrupted);
        return count > 0;
    }
}
