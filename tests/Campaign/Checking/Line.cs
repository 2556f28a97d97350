namespace Handoff.Campaign.Tests.Checking;

// One connection as its peer sees it: how many bytes went each way, and how it ended. Named by the port of the end
// that connected.
internal sealed class Line(int port)
{
    private readonly List<SplicedPart> _spliced = [];

    public int Port => port;

    // The names of the two streams.
    public long ToSocket => port * 2L;

    public long ToPeer => (port * 2L) + 1;

    // A connection may wait for a descriptor and never be accepted.
    public bool HasPeer { get; set; }

    public long PeerSent { get; set; }

    public long PeerReceived { get; set; }

    public bool PeerFinished { get; set; }

    public bool PeerSawEnd { get; set; }

    // A reset, a cut, an abort or an early close by the peer: what was under way may be lost.
    public bool IsBroken { get; set; }

    // From here on the peer receives what another connection's peer has sent.
    public SplicedPart Splice(long start, Line source, long sourceStart)
    {
        var part = new SplicedPart(start, source.ToSocket, sourceStart);
        _spliced.Add(part);
        return part;
    }

    // Where what the peer receives next is another byte than was written or spliced; null if nowhere.
    public long? Difference(ReadOnlySpan<byte> bytes)
    {
        var position = PeerReceived;
        while (bytes.Length > 0)
        {
            var (stream, at, count) = Source(position);
            var part = bytes[..(int)Math.Min(count, bytes.Length)];
            if (Pattern.Difference(stream, at, part) is { } wrong) return position + wrong - at;
            position += part.Length;
            bytes = bytes[part.Length..];
        }

        return null;
    }

    private (long Stream, long At, long Count) Source(long position)
    {
        var next = long.MaxValue;
        foreach (var part in _spliced)
        {
            if (position >= part.Start && position < part.End)
                return (part.Stream, part.StreamStart + position - part.Start, part.End - position);
            if (part.Start > position) next = Math.Min(next, part.Start);
        }

        return (ToPeer, position, next - position);
    }
}
