using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Handoff.Transport.Engine.Paths;

// The name of a Unix socket, out of its end point: a path, or behind a zero byte an abstract name (unix(7)).
internal static class UnixName
{
    // What a stranger is.
    public const string Otherwise = "is no path and no name of a Unix socket";

    private const int Family = sizeof(ushort);

    public static bool IsName(EndPoint endPoint)
    {
        var name = Of(endPoint);
        return name.Length > 0 && (name[0] == 0 || !name.Contains((byte)0));
    }

    // Null for an abstract name, and where there is no name.
    public static string? PathOf(EndPoint endPoint)
    {
        var name = Of(endPoint);
        return name.Length == 0 || name[0] == 0 ? null : Encoding.UTF8.GetString(name);
    }

    // A socket that was never bound has no name, which .NET says by an empty one.
    public static EndPoint? OrNull(EndPoint? endPoint) =>
        endPoint is UnixDomainSocketEndPoint unix && Of(unix).IsEmpty ? null : endPoint;

    private static ReadOnlySpan<byte> Of(EndPoint endPoint)
    {
        if (endPoint is not UnixDomainSocketEndPoint) return default;
        var address = endPoint.Serialize();
        if (address.Size <= Family) return default;
        var name = address.Buffer.Span[Family..address.Size];
        return name[0] == 0 && name.ContainsAnyExcept((byte)0) ? name : name.TrimEnd((byte)0);
    }
}
