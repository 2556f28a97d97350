using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text;

namespace Handoff.Transport.Unix;

/// <summary>
/// Addresses of Unix sockets as people write them: a path, or behind an <c>@</c> an abstract name, which has no file
/// and exists on Linux only. Source: <c>unix(7)</c>.
/// </summary>
public static class UnixAddress
{
    /// <summary>Bytes that a path may have, in UTF-8; an abstract name has as many.</summary>
    public const int LongestPath = 107;

    /// <summary>Reads an address.</summary>
    /// <param name="text">A path, or an <c>@</c> and a name.</param>
    /// <param name="endPoint">The address.</param>
    /// <param name="result">
    /// Success, or <see cref="ResultCode.EEBADADDR"/> with the reason: empty, too long, or with a zero byte.
    /// </param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out UnixDomainSocketEndPoint? endPoint, out SocketResult result)
    {
        ArgumentNullException.ThrowIfNull(text);
        result = Check(text);
        endPoint = result.IsSuccess ? new UnixDomainSocketEndPoint(Name(text)) : null;
        return endPoint is not null;
    }

    private static SocketResult Check(string text)
    {
        var isAbstract = text.StartsWith('@');
        var size = Encoding.UTF8.GetByteCount(text);
        if (text.Length == (isAbstract ? 1 : 0)) return Bad("the address of a Unix socket is empty");
        if (text.Contains('\0', StringComparison.Ordinal)) return Bad("an address with a zero byte in it");
        return size - (isAbstract ? 1 : 0) > LongestPath
            ? Bad($"{text} has {size} bytes; the address of a Unix socket has {LongestPath}")
            : SocketResult.Success;
    }

    private static string Name(string text) => text.StartsWith('@') ? $"\0{text[1..]}" : text;

    private static SocketResult Bad(string why) => new(ResultCode.EEBADADDR, why);
}
