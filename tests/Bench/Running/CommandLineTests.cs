namespace Handoff.Bench.Tests.Running;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_tells_the_benches_and_the_options()
    {
        var (exitCode, output, error) = await BenchProcess.RunAsync("--help");
        Assert.Equal((0, ""), (exitCode, error));
        string[] words =
        [
            "handoff", "echo", "http", "idle", "growth", "spawn", "sctp", "actors",
            "--quick", "--json", "Exit codes: 0",
        ];
        foreach (var word in words)
            Assert.Contains(word, output, StringComparison.Ordinal);
        foreach (var hidden in (string[])["serve", "sctp-far", "--rounds", "--seconds"])
            Assert.DoesNotContain(hidden, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ecko")]
    [InlineData("--bogus")]
    [InlineData("handoff", "--engine", "steam")]
    [InlineData]
    public async Task What_is_not_a_bench_is_told_and_nothing_is_measured(params string[] args)
    {
        var (exitCode, output, error) = await BenchProcess.RunAsync(args);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.All(args.Skip(args.Length - 1), arg => Assert.Contains(arg, error, StringComparison.Ordinal));
        Assert.EndsWith("See --help.\n", error, StringComparison.Ordinal);
    }
}
