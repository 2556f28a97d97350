using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Unix;

namespace Handoff.Transport.Handles.Rendezvous;

// Where the processes of a user find each other: their control sockets, and the names under which they give.
internal sealed class RuntimeDirectory : IDisposable
{
    public const int LongestName = 64;
    private const string Names = "names";
    private readonly OwnDirectory _directory;

    private RuntimeDirectory(OwnDirectory directory) => _directory = directory;

    public string Path => _directory.Path;

    // As configured; empty: where every process of the user looks that was not told otherwise.
    public static (RuntimeDirectory? Directory, SocketResult Result) Open(string configured)
    {
        if (!LinuxEngine.IsSupported) return (null, NotHere());
        var path = configured.Length > 0
            ? configured
            : DefaultPath(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), SystemCalls.EffectiveUser());
        if (!System.IO.Path.IsPathRooted(path) || path.Contains('\0', StringComparison.Ordinal))
            return (null, new(ResultCode.EEBADADDR, $"'{path.Replace('\0', '?')}' is no absolute path"));

        // Behind a slash at its end a link would be followed.
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var (directory, result) = OwnDirectory.Open(path);
        return directory is null ? (null, result) : (new RuntimeDirectory(directory), result);
    }

    // XDG_RUNTIME_DIR of another user is what su and sudo may leave behind: then, as where there is none, it is the
    // place that the login would have made, or one in the folder that everybody may write to.
    public static string DefaultPath(string? runtimeDirectory, uint user)
    {
        string?[] homes = [runtimeDirectory, $"/run/user/{user}"];
        return Array.Find(homes, home => IsOf(user, home)) is { } home
            ? System.IO.Path.Combine(home, "handoff")
            : System.IO.Path.Combine("/tmp", $"handoff-{user}");
    }

    // The address of a process there.
    public (UnixDomainSocketEndPoint? EndPoint, SocketResult Result) ControlPath(string name)
    {
        if (name.Length is 0 or > LongestName || name[0] == '.' || !name.All(IsFit))
        {
            return (null, new(
                ResultCode.EEBADADDR,
                $"a control socket has a name of 1 to {LongestName} letters, digits, '.', '_', '-', not '{name}'"));
        }

        return UnixAddress.TryParse(System.IO.Path.Combine(Path, $"{name}.sock"), out var endPoint, out var result)
            ? (endPoint, result)
            : (null, result);
    }

    public (OwnDirectory? Directory, SocketResult Result) OpenNames() => _directory.OpenChild(Names);

    public void Dispose() => _directory.Dispose();

    public override string ToString() => $"runtime directory {Path}";

    private static bool IsOf(uint user, string? home) =>
        home is not null
        && System.IO.Path.IsPathRooted(home)
        && !home.Contains('\0', StringComparison.Ordinal)
        && FileCalls.FactsOf(FileCalls.WorkingDirectory, home) is { IsDirectory: true } facts
        && facts.Owner == user;

    private static bool IsFit(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '_' or '-';

    private static SocketResult NotHere() =>
        new(ResultCode.EEMODENOTSUPP, "processes find each other by the calls of Linux only");
}
