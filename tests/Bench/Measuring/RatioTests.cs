using Handoff.Bench.Measuring;

namespace Handoff.Bench.Tests.Measuring;

public sealed class RatioTests
{
    [Fact]
    public void More_of_a_rate_is_a_ratio_over_one() =>
        Assert.Equal(2, Ratio.Of([20, 20, 20], [10, 10, 10], Better.More));

    [Fact]
    public void Less_of_a_cost_is_a_ratio_over_one() =>
        Assert.Equal(2, Ratio.Of([10, 10, 10], [20, 20, 20], Better.Less));

    [Fact]
    public void It_is_the_median_of_the_rounds_and_not_the_ratio_of_the_medians() =>
        Assert.Equal(0.5, Ratio.Of([10, 100, 3], [20, 200, 1], Better.More));

    [Fact]
    public void A_round_without_a_figure_has_no_ratio() =>
        Assert.Equal(3, Ratio.Of([30, 10], [10, 0], Better.More));

    [Fact]
    public void Nothing_to_compare_with_is_no_ratio() => Assert.Null(Ratio.Of([10], [0], Better.More));

    [Fact]
    public void Rounds_without_their_counterparts_are_refused() =>
        Assert.Throws<ArgumentException>(() => Ratio.Of([1, 2], [1], Better.More));
}
