using Handoff.Gateway.Tests.Running;

namespace Handoff.Gateway.Tests.Successor;

public sealed class UpgradeStepTests
{
    internal const int Connections = 5;

    [Theory]
    [InlineData(Step.Reached, "ended before it was ready, with 137")]
    [InlineData(Step.Told, "(ended before it was ready, with 137|hung up: .*)")]
    [InlineData(Step.Ready, "(ended before it (was ready|had taken over), with 137|hung up: .*)")]
    [InlineData(Step.Offered, "ended before it had taken over, with 137")]
    [InlineData(Step.AllButOne, "ended before it had taken over, with 137")]
    [InlineData(Step.Declines, "nothing could be moved, after 3 attempts: .*declined: for the test.*")]
    public async Task A_new_version_that_fails_at_any_step_before_the_move_leaves_the_old_one_as_it_was(
        Step step, string why)
    {
        await using var gateway = Generations.Start(
            Conf.Services, "gateway.upgrade { attempts = 3, retry-interval = 500ms }", "gateway.drain-timeout = 30s");
        var echo = await gateway.EndPointOf("echo");
        var streams = await UpgradeTests.StreamsAsync(echo, Connections);
        var received = streams.Sum(s => s.Received);
        var (exitCode, told, error) = await gateway.TryUpgradeAsync(
            "--exec", "dotnet", "--", "exec", typeof(Program).Assembly.Location, "fails", $"{step}");
        Assert.True(exitCode == 1, $"{told}\n{gateway.Log}");
        Assert.Matches($@"\Ahandoff: (the new process )?{why}\n\z", error);
        using (var late = await TestClient.ConnectAsync(echo)) Assert.Equal("new", await late.AskAsync("new"));

        // What failed has left nothing behind that a good one would stumble over.
        await gateway.UpgradeAsync();
        await EchoStream.FinishAsync(streams);

        Assert.True(streams.Sum(s => s.Received) > received, "nothing went on");
    }
}
