using System.Globalization;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// usrsctp opens its sockets without close-on-exec, so that every program that this process starts would have them, and
// what comes by them. It has no option for that; what it opened is found by what is new.
internal static class UsrsctpDescriptors
{
    private const int SetFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    public static HashSet<int> Open() =>
    [
        .. Directory.EnumerateFiles("/proc/self/fd")
            .Select(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture)),
    ];

    // What others opened meanwhile has the flag already, or is none of a socket.
    public static void KeepHere(HashSet<int> before)
    {
        foreach (var number in Open().Where(number => !before.Contains(number) && IsSocket(number)))
            _ = SystemCalls.Control(number, SetFlags, CloseOnExec); // fails where it was closed meanwhile
    }

    private static bool IsSocket(int number) =>
        new FileInfo($"/proc/self/fd/{number}").LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) ?? false;
}
