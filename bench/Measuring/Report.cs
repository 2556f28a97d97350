using System.Globalization;
using System.Text.Json;

namespace Handoff.Bench.Measuring;

internal static class Report
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    // Names of peers are data and keep their letters; the naming policy is for the members of a row.
    public static string ToJson(string bench, IReadOnlyList<Row> rows) =>
        JsonSerializer.Serialize(new { bench, rows = rows.Select(Rounded) }, Json);

    public static void WriteTable(TextWriter output, IReadOnlyList<Row> rows)
    {
        var peers = rows.SelectMany(row => row.Peers.Keys).Distinct().ToArray();
        string[] head = ["case", "metric", "unit", "ours", .. peers, "ratio"];
        var lines = rows.Select(row => (string[])
        [
            row.Case, row.Metric, row.Unit, Figure(row.Ours),
            .. peers.Select(peer => row.Peers.TryGetValue(peer, out var value) ? Figure(value) : "-"),
            row.Ratio is { } ratio ? $"{ratio.ToString("0.00", CultureInfo.InvariantCulture)} {row.Reference}" : "-",
        ]).Prepend(head).ToArray();
        var widths = head.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) =>
                IsText(column, head.Length) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private static Row Rounded(Row row) => row with
    {
        Ours = Rounded(row.Ours),
        Peers = row.Peers.ToDictionary(peer => peer.Key, peer => Rounded(peer.Value)),
        Ratio = row.Ratio is { } ratio ? Rounded(ratio) : null,
    };

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static bool IsText(int column, int columns) => column < 3 || column == columns - 1;

    private static string Figure(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("#,##0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
