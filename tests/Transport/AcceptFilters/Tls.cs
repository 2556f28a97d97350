namespace Handoff.Transport.Tests.AcceptFilters;

internal static class Tls
{
    /// <summary>A handshake message of a type, with so many bytes of content.</summary>
    public static byte[] Message(int content, byte type = 1) =>
        [type, (byte)(content >> 16), (byte)(content >> 8), (byte)content, .. new byte[content]];

    public static byte[] Record(ReadOnlySpan<byte> fragment, byte type = 22, byte major = 3) =>
        [type, major, 1, (byte)(fragment.Length >> 8), (byte)fragment.Length, .. fragment];

    /// <summary>A message over records of at most so many bytes.</summary>
    public static byte[] Records(byte[] message, int most) =>
        [.. message.Chunk(most).SelectMany(fragment => Record(fragment))];
}
