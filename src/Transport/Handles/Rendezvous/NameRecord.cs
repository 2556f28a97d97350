using System.Security.Cryptography;
using System.Text;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Unix;

namespace Handoff.Transport.Handles.Rendezvous;

// What a name's file says: where its giver listens, which process that is, and the name, if it may be listed: one that
// was drawn is a secret, which whoever knows it finds by its hash.
internal sealed record NameRecord(string Control, int Giver, string? Name)
{
    public const int Longest = 256;
    public const int KeyLength = 2 * SHA256.HashSizeInBytes;
    private const ushort Mark = 0x4E48;
    private const byte Version = 1;

    // What its file is called: names differ by more than their case.
    public static string KeyOf(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToLowerInvariant())));

    public static bool IsKey(string file) => file.Length == KeyLength && file.All(char.IsAsciiHexDigitLower);

    public ReadOnlySpan<byte> Write()
    {
        var to = new WireWriter();
        to.UInt16(Mark);
        to.Byte(Version);
        to.UInt32((uint)Giver);
        to.Text(Control, UnixAddress.LongestPath);
        to.Text(Name ?? "", FrameBounds.Name);
        return to.Written.Span;
    }

    // Null where it is none: a file that is not written yet, or whatever somebody put there.
    public static NameRecord? Read(ReadOnlySpan<byte> bytes)
    {
        var from = new WireReader(bytes);
        if (from.UInt16() != Mark || from.Byte() != Version) return null;
        var giver = from.UInt32();
        var control = from.Text(UnixAddress.LongestPath);
        var name = from.Text(FrameBounds.Name);
        from.End();
        var isFit = from.Error is null
            && giver is > 0 and <= int.MaxValue
            && control.StartsWith('/')
            && UnixAddress.TryParse(control, out _, out _);
        return isFit ? new NameRecord(control, (int)giver, name.Length > 0 ? name : null) : null;
    }
}
