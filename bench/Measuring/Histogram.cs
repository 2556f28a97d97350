using System.Numerics;

namespace Handoff.Bench.Measuring;

// Counts durations in ticks of the stopwatch, each to within a sixty-fourth of itself, without allocating.
internal sealed class Histogram
{
    private const int Bits = 6;
    private const int Parts = 1 << Bits;

    private readonly long[] _counts = new long[(64 - Bits + 1) * Parts];
    private double _sum;

    public long Count { get; private set; }

    public double Mean => _sum / Count;

    public void Add(long ticks)
    {
        var counted = Math.Max(ticks, 0);
        _counts[Bucket(counted)]++;
        _sum += counted;
        Count++;
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        _sum += other._sum;
        Count += other.Count;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        (_sum, Count) = (0, 0);
    }

    // The least duration that the share of all durations does not exceed; a share of 0.99 is p99.
    public long At(double share)
    {
        if (Count == 0) throw new InvalidOperationException("Nothing was counted.");
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var bucket = 0;
        for (var seen = _counts[0]; seen < rank; seen += _counts[bucket]) bucket++;
        return Lowest(bucket);
    }

    private static int Bucket(long ticks)
    {
        if (ticks < Parts) return (int)ticks;
        var shift = BitOperations.Log2((ulong)ticks) - Bits;
        return ((shift + 1) << Bits) + (int)(ticks >> shift) - Parts;
    }

    private static long Lowest(int bucket)
    {
        var shift = (bucket >> Bits) - 1;
        return shift < 0 ? bucket : (long)(bucket - ((shift + 1) << Bits) + Parts) << shift;
    }
}
