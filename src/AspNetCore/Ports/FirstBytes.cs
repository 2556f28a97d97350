using System.Buffers;

namespace Handoff.AspNetCore.Ports;

// Whose connection it is, by as few bytes as tell it: at most 14.
internal static class FirstBytes
{
    private const int Most = 14;

    // The methods of RFC 9110 section 9.3 and RFC 5789, each with the space behind it; what a client of HTTP/2 begins
    // with that knows that the server speaks it (RFC 9113 section 3.4), as far as its version; and a TLS record of the
    // handshake, whatever its minor version (RFC 8446 section 5.1).
    private static readonly (byte[] Start, Speech Speech)[] Starts =
    [
        .. ((string[])["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH "])
            .Select(method => (method.Select(letter => (byte)letter).ToArray(), Speech.Http1)),
        ([.. "PRI * HTTP/2.0"u8], Speech.Http2),
        ([22, 3], Speech.Tls),
    ];

    public static Speech Look(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> known = stackalloc byte[(int)Math.Min(bytes.Length, Most)];
        bytes.Slice(0, known.Length).CopyTo(known);
        var speech = Speech.Other;
        foreach (var (start, of) in Starts)
        {
            if (known.StartsWith(start)) return of;
            if (start.AsSpan().StartsWith(known)) speech = Speech.Unknown;
        }

        return speech;
    }
}
