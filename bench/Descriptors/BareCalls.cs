using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Bench.Descriptors;

// sendmsg(2) and recvmsg(2) on one thread that waits in them: nothing is checked but what they return.
internal static unsafe partial class BareCalls
{
    private const int Most = 256;
    private static readonly int HeaderSize = sizeof(nuint) + (2 * sizeof(int));

    public static int Connect(string name) => Open(name, listen: false);

    public static int AcceptOne(string name, Action isListening)
    {
        var listener = Open(name, listen: true);
        isListening();
        var accepted = SystemCalls.Accept(listener, null, null, Native.CloseOnExec);
        _ = SystemCalls.Close(listener);
        return Checked(accepted);
    }

    public static void Send(int socket, ReadOnlySpan<int> descriptors)
    {
        var control = stackalloc nuint[Most];
        byte one = 1;
        var vector = new IoVector { Base = &one, Length = 1 };
        var header = new MessageHeader { Vectors = &vector, VectorCount = 1 };
        if (!descriptors.IsEmpty)
        {
            header.Control = control;
            header.ControlLength = *control = (nuint)(HeaderSize + (descriptors.Length * sizeof(int)));
            var level = (int*)(control + 1);
            (level[0], level[1]) = (Native.SocketLevel, Native.Rights);
            descriptors.CopyTo(new Span<int>(level + 2, descriptors.Length));
        }

        Checked((int)SendMessage(socket, &header, Native.NoSignal));
    }

    // How many descriptors came; -1 at the end.
    public static int Receive(int socket, Span<int> descriptors)
    {
        var control = stackalloc nuint[Most];
        byte one;
        var vector = new IoVector { Base = &one, Length = 1 };
        var header = new MessageHeader
        {
            Vectors = &vector, VectorCount = 1, Control = control, ControlLength = Most * (nuint)sizeof(nuint),
        };
        if (Checked((int)ReceiveMessage(socket, &header, Native.CloseReceivedOnExec)) == 0) return -1;
        if (header.ControlLength == 0) return 0;
        var count = ((int)*control - HeaderSize) / sizeof(int);
        new Span<int>((byte*)control + HeaderSize, count).CopyTo(descriptors);
        return count;
    }

    private static int Open(string name, bool listen)
    {
        const int Type = Native.RecordSocket | Native.CloseOnExec;
        var socket = Checked(SystemCalls.Socket(Native.FamilyUnix, Type, 0));
        var address = SocketName.Write(new System.Net.Sockets.UnixDomainSocketEndPoint($"\0{name}"));
        fixed (byte* start = address)
        {
            Checked(listen
                ? SystemCalls.Bind(socket, start, address.Length)
                : SystemCalls.Connect(socket, start, address.Length));
        }

        if (listen) Checked(SystemCalls.Listen(socket, 1));
        return socket;
    }

    private static int Checked(int result) =>
        result >= 0 ? result : throw new BenchFailedException($"The bare loop failed with errno {Errors.Last}.");

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(int socket, MessageHeader* message, int flags);
}
