using System.Net;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Running;

// The promise: connections that stream through echo, one upgrade after the other, and a storm of new ones beside them.
// The full figure (1,000 and 20) takes minutes: HANDOFF_UPGRADE_CONNECTIONS and HANDOFF_UPGRADES say otherwise.
[Collection("alone")]
public sealed class UpgradeLoadTests(ITestOutputHelper output)
{
    private static readonly int Connections = Figures.Of("HANDOFF_UPGRADE_CONNECTIONS", 100);
    private static readonly int Upgrades = Figures.Of("HANDOFF_UPGRADES", 3);

    [Fact]
    public async Task Under_load_no_connection_is_lost_none_is_refused_and_no_byte_is_lost_or_doubled()
    {
        await using var gateway = Generations.Start(
            Conf.Services, "gateway.services.echo.max-connections = 10000", "gateway.drain-timeout = 2m",
            "handoff.handles.max-sockets = 4096");
        var echo = await gateway.EndPointOf("echo");
        using var over = new CancellationTokenSource();
        var streams = await UpgradeTests.StreamsAsync(echo, Connections);
        var storm = StormAsync(echo, over.Token);
        var descriptors = 0;
        for (var i = 1; i <= Upgrades; i++)
        {
            var told = await gateway.UpgradeAsync();
            output.WriteLine(told[told.IndexOf("stopping", StringComparison.Ordinal)..]);
            var now = Generations.OpenDescriptors(gateway.Current);
            if (i == 1) descriptors = now;
            Assert.InRange(now, 0, descriptors + 32);
        }

        await over.CancelAsync();
        output.WriteLine($"{await storm} connects, {streams.Sum(s => s.Received) >> 20} MiB echoed");
        await EchoStream.FinishAsync(streams);
    }

    // One after the other, each with an answer; whatever is refused or reset is thrown.
    private static async Task<int> StormAsync(IPEndPoint echo, CancellationToken over)
    {
        var count = 0;
        for (; !over.IsCancellationRequested; count++)
        {
            using var client = await TestClient.ConnectAsync(echo);
            Assert.Equal("storm", await client.AskAsync("storm"));
        }

        return count;
    }
}
