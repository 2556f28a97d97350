using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Passing;

// Bytes in a file in memory that nobody can change any more (memfd_create(2), F_ADD_SEALS of fcntl(2)): what was
// checked is what is read.
internal static unsafe class SealedMemory
{
    private const int AllSeals =
        Native.SealedForGood | Native.SealedShrinking | Native.SealedGrowing | Native.SealedWriting;

    public static SocketOr<SocketDescriptor> Create(ReadOnlySpan<byte> bytes)
    {
        var number = SystemCalls.CreateMemoryFile("handoff", Native.MemoryCloseOnExec | Native.MemoryAllowSealing);
        if (number < 0) return Errors.OfSocket(Errors.Last);
        var file = new SocketDescriptor(number);
        if (Write(number, bytes) && SystemCalls.Control(number, Native.AddSeals, AllSeals) == 0) return file;
        file.Dispose();
        return ResultCode.EENOSOCKS;
    }

    // All of it, if it is sealed and exactly as long as was said: nothing is read before that, and nothing is made
    // that is longer than the bound.
    public static (byte[]? Bytes, SocketResult Result) Read(SocketDescriptor file, int length, int bound)
    {
        if (length > bound) return Bad(ResultCode.EEMSGSIZE, $"a sealed file of {length} bytes; it may have {bound}");
        var seals = SystemCalls.Control(file.Number, Native.GetSeals, 0);
        if (seals < 0 || (seals & AllSeals) != AllSeals)
            return Bad(ResultCode.EESECURITY, "a file that is not sealed could change while it is read");
        var size = SystemCalls.Seek(file.Number, 0, Native.FromTheEnd);
        if (size != length) return Bad(ResultCode.EEBADDATA, $"a sealed file of {size} bytes, not of {length}");
        var bytes = new byte[length];
        fixed (byte* start = bytes)
        {
            for (var at = 0; at < length;)
            {
                var count = SystemCalls.ReadAt(file.Number, start + at, (nuint)(length - at), at);
                if (count <= 0 && Errors.Last is not Errno.Interrupted)
                    return Bad(ResultCode.EERECV, $"a sealed file could not be read at byte {at}");
                at += (int)Math.Max(count, 0);
            }
        }

        return (bytes, SocketResult.Success);
    }

    private static bool Write(int number, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (var at = 0; at < bytes.Length;)
            {
                var count = SystemCalls.Write(number, start + at, (nuint)(bytes.Length - at));
                if (count < 0 && Errors.Last is not Errno.Interrupted) return false;
                at += (int)Math.Max(count, 0);
            }
        }

        return true;
    }

    private static (byte[]? Bytes, SocketResult Result) Bad(ResultCode code, string why) =>
        (null, new SocketResult(code, why));
}
