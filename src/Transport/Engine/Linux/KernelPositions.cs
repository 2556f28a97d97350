namespace Handoff.Transport.Engine.Linux;

// How far a TCP connection is, as the system knows it: all that is left to ask when its process was killed.
internal static unsafe class KernelPositions
{
    // struct tcp_info of linux/tcp.h.
    private const int Size = 256;
    private const int State = 0, Received = 128, NotSent = 144, Sent = 200, SentAgain = 208;
    private const int End = SentAgain + 8;

    // Bytes that were taken from the system (its unread ones are not), and bytes that were given to it. Zero of what
    // is no TCP connection, or of a system that does not tell.
    public static (long Consumed, long Written) Of(int descriptor)
    {
        var info = stackalloc byte[Size];
        var length = Size;
        if (SystemCalls.GetOption(descriptor, Native.TcpLevel, Native.TcpInfo, info, &length) != 0 || length < End)
            return (0, 0);
        var unread = 0;
        if (SystemCalls.Control(descriptor, Native.UnreadBytes, &unread) != 0) return (0, 0);
        var consumed = *(long*)(info + Received) - unread;
        if (HasFinished(info[State])) consumed--;
        var written = *(long*)(info + Sent) - *(long*)(info + SentAgain) + *(uint*)(info + NotSent);
        return (consumed, written);
    }

    // Whether a FIN was sent, or is behind what was written.
    public static bool HasSentEnd(int descriptor)
    {
        const byte FinWait1 = 4, FinWait2 = 5, TimeWait = 6, LastAcknowledge = 9, Closing = 11;
        byte state = 0;
        var length = sizeof(byte);
        return SystemCalls.GetOption(descriptor, Native.TcpLevel, Native.TcpInfo, &state, &length) == 0
            && state is FinWait1 or FinWait2 or TimeWait or LastAcknowledge or Closing;
    }

    // The peer's FIN is counted as a byte: tcp_states.h.
    private static bool HasFinished(byte state)
    {
        const byte TimeWait = 6, Close = 7, CloseWait = 8, LastAcknowledge = 9, Closing = 11;
        return state is TimeWait or Close or CloseWait or LastAcknowledge or Closing;
    }
}
