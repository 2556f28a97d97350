using System.Security.Cryptography;
using System.Text;
using Handoff.Transport;

namespace Handoff.Sockets;

// A name to give a socket under: 1 to 16 bytes, and one that nobody can guess where none was said (NetIPC).
internal static class GiveName
{
    public const int Longest = 16;
    public const int Drawn = 8;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static string Draw() => RandomNumberGenerator.GetString(Alphabet, Drawn);

    // Null if it may be one.
    public static SocketResult? Unfit(string command, string name)
    {
        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes is 0 or > Longest)
            return new(ResultCode.EENAMETOOLONG, $"{command}: a name of {bytes} bytes; 1 to {Longest} are allowed");
        return name.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new(ResultCode.EEBADDATA, $"{command}: '{Printable(name)}' is not printable ASCII without blanks")
            : null;
    }

    private static string Printable(string name) =>
        string.Concat(name.Select(sign => sign is >= '!' and <= '~' ? $"{sign}" : $"\\u{(int)sign:x4}"));
}
