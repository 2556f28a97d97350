using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Passing;

// sendmsg(2) and recvmsg(2) with what may come beside the bytes: cmsg(3), unix(7).
internal static unsafe class ControlCalls
{
    public const int MostDescriptors = 253;

    // struct cmsghdr: its length, its level, its type; aligned to a machine word.
    private static readonly int HeaderSize = sizeof(nuint) + (2 * sizeof(int));
    private static readonly int CredentialsSize = 3 * sizeof(int);
    private static readonly int ControlSize =
        Aligned(HeaderSize + (MostDescriptors * sizeof(int))) + Aligned(HeaderSize + CredentialsSize);

    public static nint Send(int socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors, out Errno error)
    {
        var rights = HeaderSize + (descriptors.Length * sizeof(int));
        var control = stackalloc nuint[ControlSize / sizeof(nuint)];
        if (!descriptors.IsEmpty)
        {
            *control = (nuint)rights;
            var level = (int*)(control + 1);
            (level[0], level[1]) = (Native.SocketLevel, Native.Rights);
            descriptors.CopyTo(new Span<int>(level + 2, descriptors.Length));
        }

        nint count;
        do
        {
            fixed (byte* start = bytes)
            {
                var vector = new IoVector { Base = start, Length = (nuint)bytes.Length };
                var header = new MessageHeader
                {
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = descriptors.IsEmpty ? null : control,
                    ControlLength = descriptors.IsEmpty ? 0 : (nuint)Aligned(rights),
                };
                count = SystemCalls.SendMessage(socket, &header, Native.DontWait | Native.NoSignal);
            }

            error = count < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        return count;
    }

    // Of the descriptors no more than there is room for: the kernel closes the others, and says so (MSG_CTRUNC). The
    // sender comes before them.
    public static Received Receive(int socket, Span<byte> buffer, int room)
    {
        var controlSize = Aligned(HeaderSize + CredentialsSize) + (room > 0 ? HeaderSize + (room * sizeof(int)) : 0);
        var control = stackalloc nuint[ControlSize / sizeof(nuint)];
        MessageHeader header;
        nint count;
        Errno error;
        do
        {
            fixed (byte* start = buffer)
            {
                var vector = new IoVector { Base = start, Length = (nuint)buffer.Length };
                header = new MessageHeader
                {
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = control,
                    ControlLength = (nuint)controlSize,
                };
                count = SystemCalls.ReceiveMessage(socket, &header, Native.DontWait | Native.CloseReceivedOnExec);
            }

            error = count < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        if (error is not Errno.None) return new Received(0, 0, [], null, error);
        var (numbers, sender) = Parse(new ReadOnlySpan<byte>(control, (int)header.ControlLength));
        return new Received((int)count, header.Flags, numbers, sender, Errno.None);
    }

    // Whether a message is there, and whether descriptors come with it; none of them is opened. There is room for the
    // sender alone, and the kernel says that something had none.
    public static Errno Peek(int socket, out bool hasDescriptors)
    {
        var controlSize = Aligned(HeaderSize + CredentialsSize);
        var control = stackalloc nuint[controlSize / sizeof(nuint)];
        MessageHeader header;
        Errno error;
        do
        {
            byte first;
            var vector = new IoVector { Base = &first, Length = 1 };
            header = new MessageHeader
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = (nuint)controlSize,
            };
            var count = SystemCalls.ReceiveMessage(socket, &header, Native.DontWait | Native.Peek);
            error = count < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        hasDescriptors = (header.Flags & Native.ControlTruncated) != 0;
        return error;
    }

    private static (List<int> Numbers, PeerCredentials? Sender) Parse(ReadOnlySpan<byte> control)
    {
        List<int> numbers = [];
        PeerCredentials? sender = null;
        while (control.Length >= HeaderSize)
        {
            var length = (int)MemoryMarshal.Read<nuint>(control);
            if (length < HeaderSize || length > control.Length) break;
            var level = MemoryMarshal.Read<int>(control[sizeof(nuint)..]);
            var type = MemoryMarshal.Read<int>(control[(sizeof(nuint) + sizeof(int))..]);
            var data = MemoryMarshal.Cast<byte, int>(control[HeaderSize..length]);
            if (level == Native.SocketLevel && type == Native.Rights) numbers.AddRange(data);
            if (level == Native.SocketLevel && type == Native.Credentials && data.Length == 3)
                sender = new PeerCredentials(data[0], (uint)data[1], (uint)data[2]);
            control = control[Math.Min(Aligned(length), control.Length)..];
        }

        return (numbers, sender);
    }

    private static int Aligned(int length) => (length + sizeof(nuint) - 1) & ~(sizeof(nuint) - 1);

    // What one recvmsg(2) brought; the descriptors are open and the caller's.
    public readonly record struct Received(
        int Count, int Flags, List<int> Numbers, PeerCredentials? Sender, Errno Error);
}
