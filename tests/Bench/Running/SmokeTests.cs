using System.Text.Json;
using Handoff.Bench.Sctp;
using Handoff.Bench.Spawning;

namespace Handoff.Bench.Tests.Running;

// That a bench runs and says what it promised, not what the figures are.
public sealed class SmokeTests
{
    [Fact]
    public async Task Handoff_has_a_ratio_to_the_floor_in_every_row()
    {
        var rows = await RowsAsync("handoff", "--json", "--rounds", "1", "--seconds", "0.05");
        Assert.Equal(["1 in flight", "64 in flight"], rows.Select(row => Text(row, "case")).Distinct());
        Assert.Equal(["rate", "p50", "p99"], rows.Select(row => Text(row, "metric")).Take(3));
        Assert.All(rows, row => AssertCompared(row, "floor"));
    }

    [Fact]
    public async Task Http_has_a_ratio_to_Kestrel_in_every_row()
    {
        var rows = await RowsAsync("http", "--json", "--rounds", "1", "--seconds", "0.4");
        Assert.Equal(
            ["page x1, http, pool", "page x1, http, inline", "page x1, http, one port"],
            rows.Select(row => Text(row, "case")).Distinct().Take(3));
        Assert.All(rows, row => AssertCompared(row, "http, kestrel"));
    }

    [Fact]
    public async Task Actors_alone_are_compared_with_nobody()
    {
        var rows = await RowsAsync("actors", "--json", "--rounds", "1", "--seconds", "0.05");
        Assert.Equal(["tell", "ping-pong x1", "ping-pong x8", "ask", "create, stop"],
            rows.Select(row => Text(row, "case")).Distinct());
        Assert.All(rows, row =>
        {
            Assert.True(row.GetProperty("ours").GetDouble() > 0);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("reference").ValueKind);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("ratio").ValueKind);
        });
    }

    [Fact]
    public async Task Actors_beside_another_build_have_a_ratio_to_it_in_every_row()
    {
        var same = Path.Combine(AppContext.BaseDirectory, "Handoff.Bench.dll");
        var rows = await RowsAsync("actors", "--peer", same, "--json", "--rounds", "1", "--seconds", "0.05");
        Assert.All(rows, row => AssertCompared(row, "akka"));
    }

    [Fact]
    public async Task Spawn_is_compared_with_the_super_server_that_is_there()
    {
        var rows = await RowsAsync("spawn", "--json", "--rounds", "1", "--seconds", "0.05");
        Assert.Equal(["true x8", "cat x8"], rows.Select(row => Text(row, "case")));
        var peer = PeerServer.Names.FirstOrDefault(name => PeerServer.Find(name) is not null);
        if (peer is not null)
            Assert.All(rows, row => AssertCompared(row, peer));
        else
            Assert.All(rows, row => Assert.True(row.GetProperty("ours").GetDouble() > 0));
    }

    [Fact]
    public async Task Sctp_has_a_ratio_to_the_bare_loop_in_every_row()
    {
        if (SctpBench.Missing is { } why)
        {
            var (exitCode, _, error) = await BenchProcess.RunAsync("sctp");
            Assert.Equal(1, exitCode);
            Assert.Contains(why, error, StringComparison.Ordinal);
            return;
        }

        var rows = await RowsAsync("sctp", "--json", "--rounds", "1", "--seconds", "0.05");
        Assert.Equal(SctpCase.All.Select(one => one.Name), rows.Select(row => Text(row, "case")).Distinct());
        Assert.Equal(["rate", "bytes", "cpu"], rows.Select(row => Text(row, "metric")).Take(3));
        Assert.All(rows, row => AssertCompared(row, "bare"));
    }

    private static void AssertCompared(JsonElement row, string reference)
    {
        Assert.Equal(reference, Text(row, "reference"));
        Assert.True(row.GetProperty("ours").GetDouble() > 0);
        Assert.True(row.GetProperty("peers").GetProperty(reference).GetDouble() > 0);
        Assert.True(row.GetProperty("ratio").GetDouble() > 0);
    }

    private static async Task<JsonElement[]> RowsAsync(params string[] args)
    {
        var (exitCode, output, error) = await BenchProcess.RunAsync(args);
        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(args[0], Text(json.RootElement, "bench"));
        return [.. json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.Clone())];
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();
}
