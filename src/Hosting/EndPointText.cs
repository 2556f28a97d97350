using System.Net;
using System.Net.Sockets;

namespace Handoff.Hosting;

internal static class EndPointText
{
    private const string Unix = "unix:";

    // A port is needed: IPEndPoint takes an address alone for one with port 0, which would listen anywhere.
    public static EndPoint? TryParse(string text)
    {
        if (text.StartsWith(Unix, StringComparison.Ordinal))
        {
            var path = text[Unix.Length..];
            if (path.Length == 0) return null;
            return new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path);
        }

        var hasPort = text.StartsWith('[')
            ? text.Contains("]:", StringComparison.Ordinal)
            : text.Count(c => c == ':') == 1;
        return hasPort && IPEndPoint.TryParse(text, out var endPoint) ? endPoint : null;
    }
}
