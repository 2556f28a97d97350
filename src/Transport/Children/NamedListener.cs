using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

internal sealed record NamedListener
{
    private const int LongestName = 255;

    public NamedListener(string name, SocketDescriptor socket)
    {
        if (!IsName(name)) throw new ArgumentException($"'{name}' is no name of a descriptor.", nameof(name));
        Name = name;
        Socket = socket;
    }

    public string Name { get; }

    public SocketDescriptor Socket { get; }

    // sd_listen_fds(3): a colon is what separates them.
    public static bool IsName(string name) => name.Length is > 0 and <= LongestName
        && name.All(c => c is > ' ' and < '\x7f' and not ':');
}
