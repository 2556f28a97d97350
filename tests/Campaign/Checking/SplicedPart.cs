namespace Handoff.Campaign.Tests.Checking;

// A part of what a peer receives that comes from another connection; open to its end while the splice is on.
internal sealed class SplicedPart(long start, long stream, long streamStart)
{
    public long Start => start;

    public long Stream => stream;

    public long StreamStart => streamStart;

    public long End { get; private set; } = long.MaxValue;

    public void Close(long count) => End = start + count;
}
