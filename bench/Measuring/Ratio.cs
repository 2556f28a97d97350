namespace Handoff.Bench.Measuring;

internal static class Ratio
{
    // The median of the ratios of each round, so that what slows the machine for a while slows both sides of a ratio.
    // A cost is inverted: more is always better.
    public static double? Of(IReadOnlyList<double> ours, IReadOnlyList<double> reference, Better better)
    {
        if (ours.Count != reference.Count)
        {
            throw new ArgumentException($"{ours.Count} rounds of ours, {reference.Count} of the reference.");
        }

        var ratios = ours.Zip(reference, (a, b) => better is Better.More ? a / b : b / a)
            .Where(double.IsFinite).ToArray();
        return ratios.Length == 0 ? null : Median.Of(ratios);
    }
}
