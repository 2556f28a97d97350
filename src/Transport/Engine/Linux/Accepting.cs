namespace Handoff.Transport.Engine.Linux;

// accept4(2), which leaves the reserve of descriptors to others.
internal static unsafe class Accepting
{
    public static (int Number, Errno Error) Next(DescriptorReserve reserve, int listener, byte* name, int* length) =>
        reserve.IsTouched ? Sparing(reserve, listener, name, length) : Accept(listener, name, length);

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
