using Handoff.Bench.Measuring;

namespace Handoff.Bench.Tests.Measuring;

public sealed class TallyTests
{
    private static readonly Quantity Rate = new("rate", "x/s", Better.More);
    private static readonly Quantity Cost = new("cpu", "us/x", Better.Less);

    private readonly Tally _tally = new();

    public TallyTests()
    {
        foreach (var (ours, raw) in (IEnumerable<(double, double)>)[(2, 4), (3, 6), (10, 10)])
        {
            _tally.Add("ours", new Dictionary<Quantity, double> { [Rate] = ours, [Cost] = ours });
            _tally.Add("raw", new Dictionary<Quantity, double> { [Rate] = raw, [Cost] = raw });
        }
    }

    [Fact]
    public void Each_quantity_is_a_row_with_medians_and_the_ratio_to_its_reference()
    {
        var rows = _tally.Rows("case", "ours", ["raw"], "raw").ToArray();
        Assert.Equal(["rate", "cpu"], rows.Select(row => row.Metric));
        Assert.All(rows, row => Assert.Equal((3, 6, "raw"), (row.Ours, row.Peers["raw"], row.Reference)));
        Assert.Equal([0.5, 2], rows.Select(row => row.Ratio));
    }

    [Fact]
    public void A_row_without_a_peer_has_no_ratio()
    {
        var row = _tally.Rows("case", "ours", [], null).First();
        Assert.Equal((0, null, null), (row.Peers.Count, row.Reference, row.Ratio));
    }
}
