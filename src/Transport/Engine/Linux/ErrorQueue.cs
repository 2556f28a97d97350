namespace Handoff.Transport.Engine.Linux;

// Errors of what was sent earlier, which the kernel keeps beside the data (IP_RECVERR: ip(7), recvmsg(2)).
internal static unsafe class ErrorQueue
{
    private const int HeaderSize = 16; // struct cmsghdr
    private const int LargestControl = 512;

    // Takes the oldest one; false if there is none.
    public static bool TryTake(int descriptor, out ResultCode code)
    {
        var control = stackalloc byte[LargestControl];
        var message = new MessageHeader { Control = control, ControlLength = LargestControl };
        code = ResultCode.None;
        var received = SystemCalls.ReceiveMessage(descriptor, &message, Native.ErrorQueue | Native.DontWait);
        if (received < 0) return false;
        code = CodeIn(control, (int)message.ControlLength);
        return true;
    }

    // A control message is its length, level and type, then struct sock_extended_err, which begins with the errno.
    private static ResultCode CodeIn(byte* control, int length)
    {
        for (var at = 0; at + HeaderSize + sizeof(int) <= length;)
        {
            var size = (int)*(nuint*)(control + at);
            var level = *(int*)(control + at + 8);
            var type = *(int*)(control + at + 12);
            var isError = (level, type) is (Native.IPLevel, Native.IPReceiveError)
                or (Native.IPv6Level, Native.IPv6ReceiveError);
            if (isError) return Errors.OfConnect((Errno)(*(int*)(control + at + HeaderSize)));
            if (size < HeaderSize) break;
            at += (size + 7) & ~7;
        }

        return ResultCode.EERECV;
    }
}
