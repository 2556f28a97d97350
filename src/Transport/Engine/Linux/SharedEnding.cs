namespace Handoff.Transport.Engine.Linux;

// How an owner ends a connection of which somebody else has a copy: close(2) tells the peer nothing then, and a linger
// of zero resets nothing. The descriptor stays open, and the caller's to close.
internal static unsafe class SharedEnding
{
    // Both directions, after what was written: the peer reads it, and then the end (shutdown(2)). EENOTCONN: it is
    // over already.
    public static ResultCode Finish(SocketDescriptor descriptor) => Finish(descriptor.Number);

    public static ResultCode Finish(int descriptor) =>
        SystemCalls.Shutdown(descriptor, Native.ShutdownBoth) == 0 ? ResultCode.EESUCCESS : Of(Errors.Last);

    // At once: what was written and not sent is dropped, and the peer is reset (connect(2), AF_UNSPEC). A Unix socket
    // has no reset of its own, and what was written to it is the peer's already: it finishes.
    public static ResultCode Abort(SocketDescriptor descriptor) => Abort(descriptor.Number);

    public static ResultCode Abort(int descriptor)
    {
        if (SocketOptions.FamilyOf(descriptor) == Native.FamilyUnix) return Finish(descriptor);
        var name = stackalloc byte[Native.LargestAddress];
        new Span<byte>(name, Native.LargestAddress).Clear();
        *(ushort*)name = Native.FamilyNone;
        return SystemCalls.Connect(descriptor, name, Native.LargestAddress) == 0
            ? ResultCode.EESUCCESS
            : Of(Errors.Last);
    }

    // Whether both directions are over, for whatever reason: nobody can send on it any more.
    public static bool IsOver(SocketDescriptor descriptor)
    {
        var entry = new PollEntry { Descriptor = descriptor.Number };
        int count;
        do count = SystemCalls.Poll(&entry, 1, 0);
        while (count < 0 && Errors.Last is Errno.Interrupted);
        return count > 0 && (entry.Returned & Native.HungUp) != 0;
    }

    private static ResultCode Of(Errno error) => error switch
    {
        Errno.NotConnected => ResultCode.EENOTCONN,
        Errno.BadDescriptor or Errno.NotASocket => ResultCode.EEBADF,
        _ => ResultCode.EEABORTED,
    };
}
