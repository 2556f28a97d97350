namespace Handoff.Transport.Engine.Linux;

// accept4(2), which leaves the reserve of descriptors to others.
internal static unsafe class Accepting
{
    // EEWOULDBLOCK: none is there, and the loop tells when one may be.
    public static (int Number, ResultCode Code) Next(
        DescriptorReserve reserve, Descriptor listener, byte* name, int* length)
    {
        if (!listener.TryEnter()) return (-1, ResultCode.EEBADF);
        listener.Clear();
        var (number, error) = reserve.IsTouched
            ? Sparing(reserve, listener.Number, name, length)
            : Accept(listener.Number, name, length);
        listener.Leave();
        if (error is Errno.TryAgain) return (-1, ResultCode.EEWOULDBLOCK);

        // More may wait, behind a failure too.
        listener.Report();
        return error is Errno.None ? (number, ResultCode.EESUCCESS) : (-1, Errors.OfAccept(error));
    }

    private static (int Number, Errno Error) Accept(int listener, byte* name, int* length)
    {
        var number = SystemCalls.Accept(listener, name, length, Native.NonBlocking | Native.CloseOnExec);
        return (number, number < 0 ? Errors.Last : Errno.None);
    }

    // Not from the reserve. Whoever waits goes on waiting and is a reason to try again; nobody waiting is none.
    private static (int Number, Errno Error) Sparing(
        DescriptorReserve reserve, int listener, byte* name, int* length)
    {
        lock (reserve.Gate)
        {
            if (!reserve.IsNext()) return Accept(listener, name, length);
        }

        var entry = new PollEntry { Descriptor = listener, Events = (ushort)Native.Readable };
        return (-1, SystemCalls.Poll(&entry, 1, 0) == 0 ? Errno.TryAgain : Errno.TooManyFiles);
    }
}
