namespace Handoff.Gateway.Tests.Running;

// The full figure (1,000 and 20) takes minutes: HANDOFF_TEST_KEPT_CONNECTIONS and HANDOFF_TEST_KILLS say otherwise.
/// <summary>The gateway and its keeper as processes, each of them killed.</summary>
public sealed class KilledGatewayTests
{
    private static readonly int Connections = Figures.Of("HANDOFF_TEST_KEPT_CONNECTIONS", 100);
    private static readonly int Kills = Figures.Of("HANDOFF_TEST_KILLS", 3);

    [Fact]
    public async Task Every_connection_answers_again_after_kill_9_of_the_gateway_and_each_byte_once()
    {
        using var file = new ConfFile("");
        var control = Path.Combine(file.Folder, "keeper");
        await using var keeper = GatewayProcess.Start("keeper", "--control", control);
        await keeper.LogAsync("keeping");
        using var config = ConfigOf(control);
        var gateway = GatewayProcess.Start("--config", config.Path);
        var clients = new List<TestClient>();
        try
        {
            var (echo, tcpmux) = (await gateway.EndPointOf("echo"), await gateway.EndPointOf("tcpmux"));
            for (var i = 0; i < Connections; i++)
                clients.Add(await TestClient.ConnectAsync(i % 2 == 0 ? echo : tcpmux));
            for (var i = 1; i < Connections; i += 2)
            {
                await clients[i].SendAsync("echo\r\n");
                Assert.Equal("+\r\n"u8.ToArray(), await clients[i].ReceiveAsync(3));
            }

            for (var kill = 0; kill < Kills; kill++)
            {
                // So many connections and both listeners are kept by now.
                await keeper.LogAsync("kept ", skip: (kill + 1) * (Connections + 2) - 1);
                var asking = clients.Select((client, i) => AskAsync(client, seed: i)).ToArray();
                await Task.WhenAny(asking);
                await gateway.SignalAsync("KILL");
                await gateway.ExitCodeAsync();
                await gateway.DisposeAsync();
                gateway = GatewayProcess.Start("--config", config.Path);
                await Task.WhenAll(asking);
                await gateway.LogAsync($"listening service=echo address={echo} inherited");
            }

            using var newer = await TestClient.ConnectAsync(echo);
            Assert.Equal("hello", await newer.AskAsync("hello"));
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
            await gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task Kill_9_of_the_keeper_leaves_the_gateway_serving_and_the_next_keeper_has_everything_again()
    {
        using var file = new ConfFile("");
        var control = Path.Combine(file.Folder, "keeper");
        await using var keeper = GatewayProcess.Start("keeper", "--control", control);
        await keeper.LogAsync("keeping");
        using var config = ConfigOf(control);
        await using var gateway = GatewayProcess.Start("--config", config.Path);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        await keeper.LogAsync("kept ", skip: 2);
        await keeper.SignalAsync("KILL");
        await keeper.ExitCodeAsync();
        await AskAsync(client, seed: 1);
        await using var next = GatewayProcess.Start("keeper", "--control", control);
        await next.LogAsync("kept ", skip: 2);
        await AskAsync(client, seed: 2);
    }

    [Fact]
    public async Task Without_a_keeper_the_gateway_serves_and_says_that_nothing_is_kept()
    {
        using var file = new ConfFile("");
        using var config = ConfigOf(Path.Combine(file.Folder, "nobody"));
        await using var gateway = GatewayProcess.Start("--config", config.Path);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        await AskAsync(client, seed: 3);
        await gateway.LogAsync("nothing is adopted");
    }

    private static ConfFile ConfigOf(string control) => new(
        $$"""
        gateway {
          control.enabled = off
          keeper.control = "{{control}}"
          services {
            echo { port = 0, max-connections = 10000 }
            tcpmux { port = 0, max-connections = 10000 }
          }
        }
        """);

    private static async Task AskAsync(TestClient client, int seed)
    {
        var question = new byte[2000];
        new Random(seed).NextBytes(question);
        await client.SendAsync(question);
        Assert.Equal(question, await client.ReceiveAsync(question.Length));
    }
}
