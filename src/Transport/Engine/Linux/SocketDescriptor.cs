using Microsoft.Win32.SafeHandles;

namespace Handoff.Transport.Engine.Linux;

// An open socket that no loop watches: on its way into an engine or out of one. Dispose closes it.
internal sealed class SocketDescriptor : SafeHandleMinusOneIsInvalid
{
    public SocketDescriptor(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    public int Number => (int)handle;

    // The number, which is the caller's to close from here on.
    public int Take()
    {
        var number = Number;
        SetHandleAsInvalid();
        return number;
    }

    protected override bool ReleaseHandle() => SystemCalls.Close((int)handle) == 0;
}
