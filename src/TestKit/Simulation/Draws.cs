namespace Handoff.TestKit.Simulation;

// Every random decision of one network, in the order in which it is asked. Written out (SplitMix64, whole numbers
// only), so that a seed says the same on every machine and every version of the framework.
internal sealed class Draws(long seed)
{
    private const int Unusual = 32;
    private const int HowMuchLonger = 8;

    private ulong _state = (ulong)seed;

    // From 0 to below the bound.
    public long Below(long bound) => (long)(((UInt128)Next() * (ulong)bound) >> 64);

    // No time and no chance draw nothing: an option that is off does not move what the others draw.
    public TimeSpan UpTo(TimeSpan most) =>
        most == TimeSpan.Zero ? most : TimeSpan.FromTicks(Below(most.Ticks + 1));

    public bool Happens(double rate) => rate > 0 && Next() >> 11 < (ulong)(rate * (1UL << 53));

    public int PartOf(int count, double rate) =>
        count > 1 && Happens(rate) ? 1 + (int)Below(count - 1) : count;

    public TimeSpan Around(TimeSpan mean)
    {
        if (mean == TimeSpan.Zero) return mean;
        var ticks = (mean.Ticks / 2) + Below(mean.Ticks + 1);
        return TimeSpan.FromTicks(Below(Unusual) == 0 ? ticks * HowMuchLonger : ticks);
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
