using System.Globalization;
using System.Net;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// What usrsctp leaves undone of the sockets that it opens, and has no option for: they are found by what is new.
internal static class UsrsctpDescriptors
{
    // Asked of the system, which gives what it can (net.core.rmem_max). usrsctp asks for 128 KiB, and by the system's
    // count (a packet of 1,452 bytes is 2,304) one association of one socket with its own buffer full overruns that:
    // what is dropped at the end of a burst comes a second later, when the timer of its sender has run out.
    public const int ReceiveBuffer = 4 * 1024 * 1024;

    private const int SetFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    public static HashSet<int> Open() =>
    [
        .. Directory.EnumerateFiles("/proc/self/fd")
            .Select(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture)),
    ];

    // Without close-on-exec every program that this process starts would have them, and what comes by them. What
    // others opened meanwhile has the flag already, or is none of a socket.
    public static void Complete(HashSet<int> before, int udpPort)
    {
        foreach (var number in Open().Where(number => !before.Contains(number) && IsSocket(number)))
        {
            _ = SystemCalls.Control(number, SetFlags, CloseOnExec); // fails where it was closed meanwhile
            if (SocketName.OfLocal(number) is IPEndPoint place && place.Port == udpPort)
                SocketOptions.TrySet(number, Native.SocketLevel, Native.ReceiveBuffer, ReceiveBuffer);
        }
    }

    private static bool IsSocket(int number) =>
        new FileInfo($"/proc/self/fd/{number}").LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) ?? false;
}
