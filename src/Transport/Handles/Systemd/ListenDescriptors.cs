using System.Globalization;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Systemd;

// What the service manager passed to this process when it started it: LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES of
// sd_listen_fds(3). The descriptors begin with number 3.
internal static class ListenDescriptors
{
    // As many as one offer between processes has.
    public const int Most = HandleOptions.MostSockets;

    private const int First = 3;
    private const string ProcessVariable = "LISTEN_PID";
    private const string CountVariable = "LISTEN_FDS";
    private const string NamesVariable = "LISTEN_FDNAMES";
    private const string Nameless = "unknown";

    // None where the variables are not there or are another process's. EEBADDATA, EEBADF: they are, and are wrong;
    // then nothing was touched. The variables of this process are gone afterwards either way, so that no child takes
    // them for its own; as .NET does it, those that native code reads stay.
    public static (IReadOnlyList<ListenDescriptor> Sockets, SocketResult Result) Take()
    {
        var (process, count, names) = (Take(ProcessVariable), Take(CountVariable), Take(NamesVariable));
        if (process is null || count is null) return ([], SocketResult.Success);
        if (!IsNumber(process, int.MaxValue, out var id)) return Bad($"{ProcessVariable} is '{process}'");
        return id == Environment.ProcessId ? Take(count, names) : ([], SocketResult.Success);
    }

    private static (IReadOnlyList<ListenDescriptor> Sockets, SocketResult Result) Take(string count, string? names)
    {
        if (!IsNumber(count, Most, out var number)) return Bad($"{CountVariable} is '{count}'; it may be {Most}");
        string[] all = names is null ? [.. Enumerable.Repeat(Nameless, number)] : Split(names, number);
        if (all.Length != number) return Bad($"{NamesVariable} has {all.Length} names for {number} descriptors");
        for (var i = 0; i < number; i++)
        {
            // What is no socket may be a file that the runtime opened meanwhile.
            if (!SocketOptions.TryGet(First + i, Native.SocketLevel, Native.SocketType, out _))
                return ([], new(ResultCode.EEBADF, $"descriptor {First + i} is no socket"));
        }

        for (var i = 0; i < number; i++)
        {
            if (SystemCalls.Control(First + i, Native.SetDescriptorFlags, Native.ClosedOnExec) != 0)
                return ([], new(ResultCode.EEBADF, $"descriptor {First + i} cannot be closed on exec"));
        }

        return (
            [.. all.Select((name, i) => new ListenDescriptor(name, new SocketDescriptor(First + i)))],
            SocketResult.Success);
    }

    private static string[] Split(string names, int count) => count == 0 && names.Length == 0 ? [] : names.Split(':');

    private static string? Take(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        if (value is not null) Environment.SetEnvironmentVariable(variable, null);
        return value;
    }

    private static bool IsNumber(string text, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most;

    private static (IReadOnlyList<ListenDescriptor> Sockets, SocketResult Result) Bad(string why) =>
        ([], new(ResultCode.EEBADDATA, why));
}
