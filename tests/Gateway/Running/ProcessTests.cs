using System.Net.Sockets;
using System.Text;

namespace Handoff.Gateway.Tests.Running;

public sealed class ProcessTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_listening_lets_connections_finish_and_exits_with_0(string signal)
    {
        using var file = new ConfFile("gateway.drain-timeout = 50s", Conf.Services);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        var echo = await gateway.EndPointOf("echo");
        using var client = await TestClient.ConnectAsync(echo);
        await client.SendAsync("before");
        Assert.Equal("before", Encoding.Latin1.GetString(await client.ReceiveAsync(6)));

        await gateway.SignalAsync(signal);
        await gateway.LogAsync("stopping: nothing listens");
        await AwaitRefusalAsync(echo);
        Assert.Equal("and after", await client.AskAsync("and after"));
        Assert.Equal(0, await gateway.ExitCodeAsync());
        Assert.DoesNotContain("did not finish", gateway.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_does_not_finish_is_closed_when_the_drain_is_over()
    {
        using var file = new ConfFile("gateway.drain-timeout = 200ms", Conf.Services);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        await client.SendAsync("x");
        await client.ReceiveAsync(1);

        await gateway.SignalAsync("TERM");
        Assert.Empty(await client.ReceiveToEndAsync());
        Assert.Equal(0, await gateway.ExitCodeAsync());
        Assert.Contains("1 connection(s) did not finish in time", gateway.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_has_the_ports_that_were_taken()
    {
        using var file = new ConfFile(Conf.Services);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        foreach (var service in (string[])["tcpmux", "echo", "discard", "daytime", "chargen", "time"])
        {
            var address = await gateway.EndPointOf(service);
            Assert.NotEqual(0, address.Port);
            Assert.StartsWith(service, await gateway.OutputAsync($" {address} "), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_handoff_is_one_line_of_the_log()
    {
        using var file = new ConfFile(Conf.Services, "gateway.services.echo.max-connections = 1");
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        var tcpmux = await gateway.EndPointOf("tcpmux");
        using var client = await TestClient.ConnectAsync(tcpmux);
        await client.SendAsync("echo\r\nx");
        await client.ReceiveAsync(4);
        Assert.Matches(
            @"^\S+Z info gateway/tcpmux/\S+: handoff socket=\d+ peer=127\.0\.0\.1:\d+ from=tcpmux to=echo "
                + @"result=EESUCCESS duration=[\d.]+ms$",
            await gateway.LogAsync("handoff "));

        using var refused = await TestClient.ConnectAsync(tcpmux);
        await refused.AskAsync("echo\r\nx");
        Assert.Matches(
            @" handoff socket=\d+ peer=\S+ from=tcpmux to=echo result=EESOCKNOTRLSD: .+ duration=[\d.]+ms$",
            await gateway.LogAsync("result=EESOCKNOTRLSD"));
    }

    [Fact]
    public async Task A_port_in_use_ends_with_2_and_names_the_key()
    {
        using var file = new ConfFile(Conf.Services);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        var echo = await gateway.EndPointOf("echo");

        using var second = new ConfFile(
            $"gateway.services {{\n time.port = 0\n echo {{\n  port = {echo.Port}\n }}\n}}");
        var (exitCode, output, error) = await GatewayProcess.RunAsync("--config", second.Path);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.EndsWith($"{second.Path}:4: services.echo.port: {echo} is in use (EEADDRINUSE)\n", error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_here_ends_with_2_and_names_the_key()
    {
        using var file = new ConfFile("gateway.services.echo {\n  port = 0\n  address = 192.0.2.1\n}");
        var (exitCode, _, error) = await GatewayProcess.RunAsync("--config", file.Path);
        Assert.Equal(2, exitCode);
        Assert.Contains($"{file.Path}:2: services.echo.port: 192.0.2.1:0 cannot be listened on: EEB", error,
            StringComparison.Ordinal);
    }

    // Closing is not the same moment as being told to: a few attempts may still be accepted, and are then closed.
    private static async Task AwaitRefusalAsync(System.Net.IPEndPoint endPoint)
    {
        for (var tries = 0; tries < 10_000; tries++)
        {
            try
            {
                using var client = await TestClient.ConnectAsync(endPoint);
                await client.ReceiveToEndAsync();
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
            {
                return;
            }
            catch (SocketException)
            {
                // Accepted and reset.
            }
        }

        Assert.Fail("It still listens.");
    }
}
