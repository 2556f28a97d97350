using Handoff.Transport;

namespace Handoff.Processes;

internal static class ServiceName
{
    public const int Longest = 64;

    // Null if it may be one.
    public static SocketResult? Unfit(string? name)
    {
        if (name is null || name.Length is 0 or > Longest)
            return new(ResultCode.EENAMETOOLONG, $"a service's name of {name?.Length ?? 0} bytes; 1 to {Longest}");
        return name.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new(ResultCode.EEBADDATA, "a service's name is printable ASCII without blanks")
            : null;
    }
}
