using Handoff.Bench.Measuring;
using Xunit.Abstractions;

namespace Handoff.Bench.Tests.Measuring;

public sealed class HistogramTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void A_percentile_is_exact_to_a_sixty_fourth(double share)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var histogram = new Histogram();
        var durations = Enumerable.Range(0, 10_000)
            .Select(_ => random.NextInt64(1L << random.Next(1, 62))).Order().ToArray();
        foreach (var duration in durations) histogram.Add(duration);
        var exact = durations[(int)Math.Ceiling(share * durations.Length) - 1];
        Assert.InRange(histogram.At(share), exact - exact / 64, exact);
    }

    [Fact]
    public void Small_durations_and_what_a_clock_that_goes_back_says_are_counted()
    {
        var histogram = new Histogram();
        foreach (var duration in (long[])[-5, 0, 1, 63]) histogram.Add(duration);
        Assert.Equal((4, 0, 63), (histogram.Count, histogram.At(0.5), histogram.At(1)));
    }

    [Fact]
    public void Two_are_added_up()
    {
        var (one, other) = (new Histogram(), new Histogram());
        one.Add(10);
        other.Add(20);
        one.Add(other);
        other.Clear();
        Assert.Equal((2, 10, 20, 15, 0), (one.Count, one.At(0.5), one.At(1), one.Mean, other.Count));
        Assert.Throws<InvalidOperationException>(() => other.At(0.5));
    }
}
