namespace Handoff.Transport.Engine.Linux;

// The byte beside the stream: tcp(7).
internal static unsafe class Urgent
{
    public static IoResult Receive(int descriptor, Span<byte> buffer)
    {
        nint count;
        Errno error;
        fixed (byte* start = buffer)
        {
            const int Flags = Native.OutOfBand | Native.DontWait;
            count = SystemCalls.Receive(descriptor, start, (nuint)buffer.Length, Flags);
            error = count < 0 ? Errors.Now : Errno.None;
        }

        return (error, count) switch
        {
            (Errno.None, > 0) => IoResult.Moved((int)count),
            (Errno.None or Errno.TryAgain or Errno.Invalid, _) => IoResult.Failed(ResultCode.EEWOULDBLOCK),
            _ => IoResult.Failed(Errors.OfReceive(error)),
        };
    }
}
