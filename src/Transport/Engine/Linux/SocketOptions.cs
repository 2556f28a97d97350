namespace Handoff.Transport.Engine.Linux;

internal static unsafe class SocketOptions
{
    public static bool TrySet(int descriptor, int level, int name, int value) =>
        SystemCalls.SetOption(descriptor, level, name, &value, sizeof(int)) == 0;

    public static bool TryGet(int descriptor, int level, int name, out int value)
    {
        var read = 0;
        var length = sizeof(int);
        var isThere = SystemCalls.GetOption(descriptor, level, name, &read, &length) == 0;
        value = read;
        return isThere;
    }

    // close() is a reset then: socket(7).
    public static void ResetOnClose(int descriptor) => SetLinger(descriptor, seconds: 0, isOn: 1);

    // Another process may have left it on, and it is the open file's.
    public static void CloseGracefully(int descriptor) => SetLinger(descriptor, seconds: 0, isOn: 0);

    public static bool IsNonBlocking(int descriptor) =>
        SystemCalls.Control(descriptor, Native.GetStatusFlags, 0) is var flags and >= 0
        && (flags & Native.NonBlocking) != 0;

    // It is the open file's: whoever else has it is changed with it.
    public static Errno SetNonBlocking(int descriptor, bool isOn)
    {
        var flags = SystemCalls.Control(descriptor, Native.GetStatusFlags, 0);
        if (flags < 0) return Errors.Last;
        var wanted = isOn ? flags | Native.NonBlocking : flags & ~Native.NonBlocking;
        return SystemCalls.Control(descriptor, Native.SetStatusFlags, wanted) < 0 ? Errors.Last : Errno.None;
    }

    // Takes the error that is pending, if any: SO_ERROR is cleared by being read.
    public static Errno TakeError(int descriptor) =>
        TryGet(descriptor, Native.SocketLevel, Native.SocketError, out var error) ? (Errno)error : Errors.Last;

    // Something is to be received, or an end or an error is to be told.
    public static bool IsReadable(int descriptor)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = (ushort)Native.Readable };
        return SystemCalls.Poll(&entry, 1, 0) != 0;
    }

    // Neither side has a connection any more (tcp(7), TCP_INFO): both FINs are through, or it was reset.
    public static bool IsGone(int descriptor)
    {
        byte state = 0;
        var length = sizeof(byte);
        return SystemCalls.GetOption(descriptor, Native.TcpLevel, Native.TcpInfo, &state, &length) == 0
            && state == Native.TcpClosed;
    }

    public static int FamilyOf(int descriptor) =>
        TryGet(descriptor, Native.SocketLevel, Native.SocketDomain, out var family) ? family : 0;

    // Of a Unix socket: unix(7), struct ucred.
    public static PeerCredentials? PeerOf(int descriptor)
    {
        var peer = stackalloc int[3];
        var length = 3 * sizeof(int);
        var isThere = SystemCalls.GetOption(
            descriptor, Native.SocketLevel, Native.PeerCredentials, peer, &length) == 0;
        return isThere ? new PeerCredentials(peer[0], (uint)peer[1], (uint)peer[2]) : null;
    }

    // Messages that found no room (sk_meminfo of sock_diag(7): SK_MEMINFO_DROPS); null where the kernel is too old.
    public static long? Dropped(int descriptor)
    {
        const int Fields = 9, Drops = 8;
        var info = stackalloc uint[Fields];
        var length = Fields * sizeof(uint);
        var isThere = SystemCalls.GetOption(descriptor, Native.SocketLevel, Native.MemoryInfo, info, &length) == 0;
        return isThere && length == Fields * sizeof(uint) ? info[Drops] : null;
    }

    // Refused for a connection that is gone already, which needs neither.
    private static void SetLinger(int descriptor, int seconds, int isOn)
    {
        var linger = stackalloc int[] { isOn, seconds };
        _ = SystemCalls.SetOption(descriptor, Native.SocketLevel, Native.Linger, linger, 2 * sizeof(int));
    }
}
