using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// What usrsctp leaves undone of the sockets that it opens, and has no option for: they are found by what is new. They
// are opened without close-on-exec, so that every program that this process starts would have them, and what comes by
// them. For root there are raw ones, too, by which it hears the packets of the kernel's SCTP and aborts associations
// that it does not know: all that the host has.
internal static unsafe class UsrsctpDescriptors
{
    // Asked of the system, which gives what it can (net.core.rmem_max). usrsctp asks for 128 KiB, and by the system's
    // count (a packet of 1,452 bytes is 2,304) one association of one socket with its own buffer full overruns that:
    // what is dropped at the end of a burst comes a second later, when the timer of its sender has run out.
    public const int ReceiveBuffer = 4 * 1024 * 1024;

    private const int RawSocket = 3; // SOCK_RAW
    private const int AttachFilter = 26; // SO_ATTACH_FILTER
    private const ushort Return = 0x06; // BPF_RET | BPF_K

    // Sockets by what they are: a number may be given out again meanwhile.
    public static HashSet<string> Open() => [.. Sockets().Select(socket => socket.Target)];

    // What others opened meanwhile has the flag already.
    public static void Complete(HashSet<string> before, int udpPort)
    {
        foreach (var (number, _) in Sockets().Where(socket => !before.Contains(socket.Target)))
        {
            _ = SystemCalls.Control(number, Native.SetDescriptorFlags, Native.ClosedOnExec); // or it was closed
            if (IsRaw(number)) Deafen(number);
            else if (SocketName.OfLocal(number) is IPEndPoint place && place.Port == udpPort)
                SocketOptions.TrySet(number, Native.SocketLevel, Native.ReceiveBuffer, ReceiveBuffer);
        }
    }

    // Of SCTP over IP; others may open raw sockets of their own meanwhile.
    private static bool IsRaw(int number) =>
        SocketOptions.TryGet(number, Native.SocketLevel, Native.SocketType, out var type) && type == RawSocket
        && SocketOptions.TryGet(number, Native.SocketLevel, Native.SocketProtocol, out var protocol)
        && protocol == Native.SctpLevel;

    // A filter that keeps nothing of a packet: bpf(4), socket(7).
    private static void Deafen(int number)
    {
        var nothing = new Instruction { Code = Return };
        var program = new FilterProgram { Length = 1, Instructions = &nothing };
        _ = SystemCalls.SetOption(number, Native.SocketLevel, AttachFilter, &program, sizeof(FilterProgram));
    }

    private static IEnumerable<(int Number, string Target)> Sockets()
    {
        foreach (var file in Directory.EnumerateFiles("/proc/self/fd"))
        {
            if (TargetOf(file) is { } target && target.StartsWith("socket:", StringComparison.Ordinal))
                yield return (int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture), target);
        }
    }

    private static string? TargetOf(string file)
    {
        try
        {
            return new FileInfo(file).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }

    // struct sock_filter
    [StructLayout(LayoutKind.Sequential)]
    private struct Instruction
    {
        public ushort Code;
        public byte IfTrue;
        public byte IfFalse;
        public uint Value;
    }

    // struct sock_fprog
    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
