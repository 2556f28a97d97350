using Handoff.Bench.Measuring;

namespace Handoff.Bench.Tests.Measuring;

public sealed class MedianTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 9, 1, 5 }, 5)]
    [InlineData(new double[] { 4, 1, 100, 2 }, 3)]
    public void It_is_in_the_middle(double[] values, double median) => Assert.Equal(median, Median.Of(values));

    [Fact]
    public void Nothing_has_none() => Assert.Throws<ArgumentException>(() => Median.Of([]));
}
