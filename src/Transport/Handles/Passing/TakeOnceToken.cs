using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Passing;

// An event counter that holds one (eventfd(2)): of all the processes that have it, exactly one reads it.
internal sealed unsafe class TakeOnceToken(SocketDescriptor descriptor) : IDisposable
{
    // Since Linux 5.8.
    private static readonly bool IsSupported = IsReadWithoutWaiting();

    public SocketDescriptor Descriptor => descriptor;

    // EEMODENOTSUPP: this kernel is too old.
    public static TakeOnceToken? Create(out ResultCode code)
    {
        code = ResultCode.EEMODENOTSUPP;
        if (!IsSupported) return null;
        var number = SystemCalls.CreateEvent(1, Native.CloseOnExec | Native.NonBlocking);
        code = number < 0 ? Errors.OfSocket(Errors.Last) : ResultCode.EESUCCESS;
        return number < 0 ? null : new TakeOnceToken(new SocketDescriptor(number));
    }

    // Success: it is ours, and nobody else's ever. EEWOULDBLOCK: another has it. EEBADDATA: it is no token. It came
    // from another process, which may have sent anything; so the read never waits, whatever the file's own flags say.
    public ResultCode Take()
    {
        ulong value;
        nint count;
        Errno error;
        do
        {
            var vector = new IoVector { Base = &value, Length = sizeof(ulong) };
            count = SystemCalls.ReadNow(descriptor.Number, &vector, 1, -1, Native.NoWait);
            error = count < 0 ? Errors.Last : Errno.None;
        }
        while (error is Errno.Interrupted);
        if (error is Errno.TryAgain) return ResultCode.EEWOULDBLOCK;
        return count == sizeof(ulong) ? ResultCode.EESUCCESS : ResultCode.EEBADDATA;
    }

    public void Dispose() => descriptor.Dispose();

    private static bool IsReadWithoutWaiting()
    {
        var number = SystemCalls.CreateEvent(0, Native.CloseOnExec);
        if (number < 0) return true; // no descriptor is left, which says nothing about the kernel
        using var empty = new TakeOnceToken(new SocketDescriptor(number));
        return empty.Take() is ResultCode.EEWOULDBLOCK;
    }
}
