using System.Buffers;

namespace Handoff.Transport.Sockets.AcceptFilters;

internal sealed class HttpHeadFilter : IAcceptFilter
{
    private const int LongestMethod = 8;

    // RFC 9110 section 9.3 and RFC 5789, each with the space behind it.
    private static readonly byte[][] Methods =
    [
        [.. "GET "u8], [.. "HEAD "u8], [.. "POST "u8], [.. "PUT "u8], [.. "DELETE "u8], [.. "CONNECT "u8],
        [.. "OPTIONS "u8], [.. "TRACE "u8], [.. "PATCH "u8],
    ];

    private enum Likeness
    {
        None,
        SoFar,
        Whole,
    }

    public string Name => "http-head";

    public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment)
    {
        Span<byte> start = stackalloc byte[LongestMethod];
        var known = start[..(int)Math.Min(bytes.Length, LongestMethod)];
        bytes.Slice(0, known.Length).CopyTo(known);
        var isDecided = LikenessOf(known) switch
        {
            Likeness.None => true,
            Likeness.Whole => IsHeadOrNone(bytes),
            _ => false,
        };
        return isDecided || moment is AcceptMoment.Full ? AcceptVerdict.Accept : AcceptVerdict.NeedMore;
    }

    private static Likeness LikenessOf(ReadOnlySpan<byte> known)
    {
        foreach (var method in Methods)
        {
            if (known.StartsWith(method)) return Likeness.Whole;
            if (method.AsSpan().StartsWith(known)) return Likeness.SoFar;
        }

        return Likeness.None;
    }

    // A line may end by LF alone (RFC 9112 section 2.2).
    private static bool IsHeadOrNone(in ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n')) return false;
        var request = new SequenceReader<byte>(line);
        if (!request.TryReadTo(out ReadOnlySequence<byte> _, " HTTP/"u8)) return true;
        while (reader.TryReadTo(out line, (byte)'\n'))
        {
            if (line.IsEmpty || (line.Length == 1 && line.FirstSpan[0] == '\r')) return true;
        }

        return false;
    }
}
