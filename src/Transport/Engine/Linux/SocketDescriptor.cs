using Microsoft.Win32.SafeHandles;

namespace Handoff.Transport.Engine.Linux;

// An open socket that no loop watches: on its way into an engine or out of one. Dispose closes it, unless it is lent.
internal sealed class SocketDescriptor : SafeHandleMinusOneIsInvalid
{
    public SocketDescriptor(int descriptor)
        : this(descriptor, ownsHandle: true)
    {
    }

    private SocketDescriptor(int descriptor, bool ownsHandle)
        : base(ownsHandle) => SetHandle(descriptor);

    // It stays another's, who keeps it open for as long as it is lent.
    public static SocketDescriptor LentBy(int owner) => new(owner, ownsHandle: false);

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
