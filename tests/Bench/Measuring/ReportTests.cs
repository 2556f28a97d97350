using Handoff.Bench.Measuring;

namespace Handoff.Bench.Tests.Measuring;

public sealed class ReportTests
{
    private static readonly Row Compared = new("64 B x1", "rate", "requests/s", 41234.5678,
        new Dictionary<string, double> { ["raw"] = 40000, ["kestrel"] = 30000 }, "raw", 1.0308641);

    private static readonly Row Alone = new("ask", "rate", "asks/s", 0.5,
        new Dictionary<string, double>(), null, null);

    [Fact]
    public void The_JSON_has_the_shape_that_is_promised() => Assert.Equal(
        """
        {"bench":"echo","rows":[{"case":"64 B x1","metric":"rate","unit":"requests/s","ours":41235,
        "peers":{"raw":40000,"kestrel":30000},"reference":"raw","ratio":1.0309},
        {"case":"ask","metric":"rate","unit":"asks/s","ours":0.5,"peers":{},"reference":null,"ratio":null}]}
        """.ReplaceLineEndings(""),
        Report.ToJson("echo", [Compared, Alone]));

    [Fact]
    public void The_table_has_a_column_for_each_peer()
    {
        var output = new StringWriter();
        Report.WriteTable(output, [Compared, Alone]);
        Assert.Equal(
            """
            case     metric  unit          ours     raw  kestrel  ratio
            64 B x1  rate    requests/s  41,235  40,000   30,000  1.03 raw
            ask      rate    asks/s       0.500       -        -  -

            """,
            output.ToString());
    }
}
