using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Running;

// Whatever becomes of the new version before it has taken over: the old one goes on as if nothing had been. For
// more of them: HANDOFF_UPGRADE_CONNECTIONS and HANDOFF_UPGRADE_KILLS.
public sealed partial class UpgradeFailureTests(ITestOutputHelper output)
{
    private const string Quick = "gateway.upgrade.start-timeout = 1s";

    [Theory]
    [InlineData("the new process ended before it was ready, with 3", "exit 3", "")]
    [InlineData(
        "the new process was not ready within 00:00:01 (gateway.upgrade.start-timeout)", "exec sleep 1000", Quick)]
    public async Task A_new_version_that_does_not_get_ready_is_ended_and_told(string why, string script, string conf)
    {
        await using var gateway = Generations.Start(Conf.Services, conf);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        await UpgradeTests.AnswerAsync(client, "before");
        var (exitCode, told, error) = await gateway.TryUpgradeAsync("--exec", "/bin/sh", "--", "-c", script);
        Assert.Equal((1, $"handoff: {why}\n"), (exitCode, error));
        Assert.False(Directory.Exists($"/proc/{ProcessOf(told)}"), "it runs, or nobody has reaped it");
        await UpgradeTests.AnswerAsync(client, "after");
        using var next = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        Assert.Equal("new", await next.AskAsync("new"));
    }

    [Fact]
    public async Task A_configuration_that_has_become_bad_and_a_program_that_is_not_there_are_told()
    {
        await using var gateway = Generations.Start(Conf.Services);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        var missing = await gateway.TryUpgradeAsync("--exec", "/no/such/program");
        Assert.Equal(1, missing.ExitCode);
        Assert.StartsWith("handoff: /no/such/program cannot be started: ", missing.Error, StringComparison.Ordinal);

        // What is asked for is read from this file, too: the new version is given another one.
        using var bad = new ConfFile("gateway.services.echo { port = 0, prot = 7 }");
        var refused = await gateway.TryUpgradeAsync("--", "--config", bad.Path);
        Assert.Equal((1, "handoff: the new process ended before it was ready, with 2\n"),
            (refused.ExitCode, refused.Error));
        await gateway.LogAsync($"{bad.Path}:1: services.echo.prot: unknown key");
        await UpgradeTests.AnswerAsync(client, "after");
        await gateway.UpgradeAsync();
        await UpgradeTests.AnswerAsync(client, "at last");
    }

    [Fact]
    public async Task One_that_is_killed_at_any_time_before_it_has_taken_over_changes_nothing_and_costs_no_descriptor()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var gateway = Generations.Start(
            Conf.Services, "gateway.services.echo.max-connections = 10000", "handoff.handles.max-sockets = 4096");
        var echo = await gateway.EndPointOf("echo");
        var streams = await UpgradeTests.StreamsAsync(echo, Figures.Of("HANDOFF_UPGRADE_CONNECTIONS", 10));
        var began = Stopwatch.GetTimestamp();
        await gateway.UpgradeAsync();
        var whole = Stopwatch.GetElapsedTime(began);
        var (descriptors, kills) = (0, Figures.Of("HANDOFF_UPGRADE_KILLS", 5));
        for (int killed = 0, begun = 1; killed < kills; begun++)
        {
            Assert.InRange(begun, 1, 10 * kills);
            var moves = MovesOf(gateway);
            var upgrading = gateway.TryUpgradeAsync();
            var started = await gateway.LogAsync("upgrade: starting dotnet", skip: begun);

            // At any moment: there is none to wait for.
            using (var moment = new PeriodicTimer(whole * (0.01 + 0.3 * random.NextDouble())))
                await moment.WaitForNextTickAsync();
            if (MovesOf(gateway) > moves)
            {
                // It may have taken over by now.
                Assert.Equal(0, (await upgrading).ExitCode);
                (descriptors, whole) = (0, whole * 0.8);
                continue;
            }

            using (var next = Process.GetProcessById(ProcessOf(started))) next.Kill();
            var (exitCode, _, error) = await upgrading;
            Assert.Equal(1, exitCode);
            Assert.Matches(
                "^handoff: the new process (ended before it (was ready|had taken over), with 137|hung up: .*)\n$",
                error);
            killed++;
            if (descriptors == 0) descriptors = Generations.OpenDescriptors(gateway.Current);
        }

        // Those of the last attempt are closed some time after it was told of.
        using (var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20)))
        {
            for (var tries = 0; Generations.OpenDescriptors(gateway.Current) > descriptors + 2; tries++)
            {
                Assert.True(tries < 500, $"more than {descriptors} descriptors are open");
                await pace.WaitForNextTickAsync();
            }
        }

        await gateway.UpgradeAsync();
        await EchoStream.FinishAsync(streams);
    }

    private static int MovesOf(Generations gateway) => gateway.Log.Split("upgrade: stopping ").Length;

    [Fact]
    public async Task Nobody_takes_over_who_was_not_started_for_it()
    {
        await using var gateway = Generations.Start(Conf.Services);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        var control = Path.Combine(Path.GetDirectoryName(gateway.ConfigPath)!, "run", "control.admin.sock");
        var (exitCode, _, error) = await GatewayProcess.RunAsync(
            "--config", gateway.ConfigPath, "--take-over", control);
        Assert.Equal((1, "handoff: not taken over: no upgrade is under way"), (exitCode, error.Split('\n')[^2]));
        await UpgradeTests.AnswerAsync(client, "still here");
    }

    [Fact]
    public async Task While_one_is_awaited_another_process_of_the_same_user_is_not_taken_for_it()
    {
        await using var gateway = Generations.Start(Conf.Services, "gateway.upgrade.start-timeout = 20s");
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        var control = Path.Combine(Path.GetDirectoryName(gateway.ConfigPath)!, "run", "control.admin.sock");
        var upgrading = gateway.TryUpgradeAsync("--exec", "/bin/sh", "--", "-c", "exec sleep 1000");
        var next = ProcessOf(await gateway.LogAsync("upgrade: starting /bin/sh"));
        var (exitCode, _, error) = await GatewayProcess.RunAsync(
            "--config", gateway.ConfigPath, "--take-over", control);
        Assert.Equal(1, exitCode);
        Assert.Matches(@"handoff: not taken over: process \d+ is not the one that was started\n\z", error);
        Assert.False(upgrading.IsCompleted, "it ended the upgrade");
        using (var process = Process.GetProcessById(next)) process.Kill();
        Assert.Equal(1, (await upgrading).ExitCode);
        await UpgradeTests.AnswerAsync(client, "still here");
    }

    [Fact]
    public async Task Where_no_gateway_runs_that_is_told()
    {
        using var file = new ConfFile("gateway.control.name = nobody", Conf.Services);
        await File.AppendAllTextAsync(file.Path, $"handoff.processes.directory = \"{file.Folder}/run\"\n");
        var (exitCode, told, error) = await GatewayProcess.RunAsync("upgrade", "--config", file.Path);
        Assert.Equal((1, ""), (exitCode, told));
        Assert.StartsWith(
            $"handoff: no gateway answers at {file.Folder}/run/nobody.admin.sock: ", error, StringComparison.Ordinal);
    }

    private static int ProcessOf(string line) =>
        int.Parse(Started().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"starting .*: process (\d+)")]
    private static partial Regex Started();
}
