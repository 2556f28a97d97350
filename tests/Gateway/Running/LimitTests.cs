using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Handoff.Gateway.Services;

namespace Handoff.Gateway.Tests.Running;

public sealed class LimitTests
{
    [Fact]
    public async Task A_connection_over_the_limit_is_closed_and_one_more_fits_when_one_is_over()
    {
        await using var gateway = await TestGateway.StartAsync(
            Conf.StopSoon, "gateway.services.echo { port = 0, max-connections = 2 }");
        using var first = await Served(gateway, "echo");
        using var second = await Served(gateway, "echo");
        using (var third = await gateway.ConnectAsync("echo")) Assert.Equal("", await third.TextToEndAsync());

        Assert.Equal("x", await first.AskAsync("x"));
        await AwaitRoom(gateway, "echo");
        Assert.Equal("y", await second.AskAsync("y"));
    }

    [Fact]
    public async Task An_idle_connection_is_closed_and_a_busy_one_is_not()
    {
        await using var gateway = await TestGateway.StartAsync(
            Conf.StopSoon, "gateway.defaults.idle-timeout = 4s",
            "gateway.services { echo.port = 0, chargen.port = 0 }");
        using var busy = await gateway.ConnectAsync("chargen");
        var reading = busy.ReceiveAsync(64 << 20);
        using var idle = await Served(gateway, "echo");
        Assert.Equal("", await idle.TextToEndAsync());
        await reading;
    }

    [Fact]
    public async Task A_connection_that_fails_costs_itself_and_no_other()
    {
        var catalogue = ServiceCatalogue.Standard(TimeProvider.System)
            .Add("crash", [], _ => new FailingService())
            .Add("unborn", [], _ => throw new InvalidOperationException("cannot be made"));
        await using var gateway = await TestGateway.StartAsync(catalogue,
            "gateway { log-level = error, drain-timeout = 100ms, close-timeout = 100ms }", Conf.Services,
            "gateway.services.crash.port = 0\ngateway.services.unborn.port = 0");
        using var spared = await Served(gateway, "crash");
        using var other = await Served(gateway, "echo");

        for (var i = 0; i < 20; i++)
        {
            using var crashing = await gateway.ConnectAsync("crash");
            await crashing.SendAsync("!");
            Assert.Equal("", await crashing.TextToEndAsync());
            using var unborn = await gateway.ConnectAsync("unborn");
            Assert.Equal("", await unborn.TextToEndAsync());
        }

        using var byName = await gateway.ConnectAsync("tcpmux");
        await byName.SendAsync("unborn\r\n");
        Assert.Matches(@"\A-unborn is not available: .*unborn failed to take it.*\r\n\z",
            await byName.TextToEndAsync());
        Assert.Equal("a", await spared.AskAsync("a"));
        Assert.Equal("b", await other.AskAsync("b"));
    }

    [Fact]
    public async Task A_service_that_fails_keeps_its_connections_its_listener_and_its_count()
    {
        await using var gateway = await TestGateway.StartAsync(
            Conf.StopSoon, "gateway.services.echo { port = 0, max-connections = 2 }");
        using var before = await Served(gateway, "echo");
        gateway.System.ActorSelection("/user/gateway/echo").Tell(Kill.Instance);
        using var after = await Served(gateway, "echo");
        using (var third = await gateway.ConnectAsync("echo")) Assert.Equal("", await third.TextToEndAsync());
        Assert.Equal("x", await before.AskAsync("x"));
        Assert.Equal("y", await after.AskAsync("y"));
        await AwaitRoom(gateway, "echo");
    }

    // Connected, acquired, and known to be.
    private static async Task<TestClient> Served(TestGateway gateway, string service)
    {
        var client = await gateway.ConnectAsync(service);
        await client.SendAsync("?");
        Assert.Equal("?", Encoding.Latin1.GetString(await client.ReceiveAsync(1)));
        return client;
    }

    // The place of a connection is free some time after its client saw the end.
    private static async Task AwaitRoom(TestGateway gateway, string service)
    {
        for (var tries = 0; ; tries++)
        {
            using var client = await gateway.ConnectAsync(service);
            try
            {
                if (await client.AskAsync("room?") == "room?") return;
            }
            catch (SocketException)
            {
                // Refused while it was sending.
            }

            Assert.True(tries < 10_000, "There was never room for one more.");
        }
    }

    // Echoes, and fails at a "!".
    private sealed class FailingService : IService
    {
        public async Task<Gateway.Services.Served> ServeAsync(
            IDuplexPipe client, long from, Pause pause, CancellationToken stop)
        {
            while (true)
            {
                var read = await client.Input.ReadAsync(stop);
                foreach (var bytes in read.Buffer)
                {
                    if (bytes.Span.Contains((byte)'!')) throw new InvalidOperationException("as told");
                    await client.Output.WriteAsync(bytes, stop);
                }

                client.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return Gateway.Services.Served.Finished.Instance;
            }
        }
    }
}
