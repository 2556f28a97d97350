namespace Handoff.Bench.Handoffs;

// One side of the comparison: its pairs, each with a socket (or what stands for one) to throw.
internal interface IPlayers
{
    IReadOnlyList<Pair> Pairs { get; }

    // Tells the holder of a pair's socket to throw it.
    void Throw(int pair);
}
