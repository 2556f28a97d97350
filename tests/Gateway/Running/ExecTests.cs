using System.Globalization;
using System.Text;

namespace Handoff.Gateway.Tests.Running;

// Real programs, started by the gateway as its users run it.
[Collection("alone")]
public sealed class ExecTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private const string Stop = "gateway { log-level = info, drain-timeout = 100ms, close-timeout = 10s }\n"
        + "handoff.children.stop-timeout = 1s";

    private const string Programs = """
        gateway.services {
          cat { handler = exec, port = 0, program = "/bin/cat" }
          env {
            handler = exec, port = 0, program = "/bin/sh"
            arguments = ["-c", "echo $1 $PROTO $REMOTE_HOST $TCPREMOTEIP $TCPREMOTEPORT $TCPLOCALPORT $COLOUR", sh, 1]
            environment { COLOUR = red }
          }
          missing { handler = exec, port = 0, program = "/no/such/program" }
          exits { handler = exec, port = 0, program = "/bin/sh", arguments = ["-c", "exit 3"] }
          limited {
            handler = exec, port = 0, program = "/bin/sh", run-limit = 2s
            arguments = ["-c", "trap '' TERM; sleep 1000 & echo $!; wait; wait"]
          }
          endless {
            handler = exec, port = 0, program = "/bin/sh"
            arguments = ["-c", "trap '' TERM; sleep 1000 & echo $$ $!; wait; wait"]
          }
          two { handler = exec, port = 0, program = "/bin/cat", max-connections = 2 }
          echo { port = 0 }
          tcpmux { port = 0 }
        }
        """;

    [Fact]
    public async Task A_program_has_what_its_client_sends_and_the_client_what_it_says()
    {
        using var file = new ConfFile(Stop, Programs);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        using var cat = await TestClient.ConnectAsync(await gateway.EndPointOf("cat"));
        Assert.Equal("hello", await cat.AskAsync("hello"));
        var end = await gateway.LogAsync("program=/bin/cat pid=");
        Assert.Contains(" exit=0 duration=", end, StringComparison.Ordinal);

        var at = await gateway.EndPointOf("env");
        using var env = await TestClient.ConnectAsync(at);
        var words = (await env.TextToEndAsync()).TrimEnd().Split(' ');
        Assert.Equal(
            ["1", "TCP", "127.0.0.1", "127.0.0.1", at.Port.ToString(CultureInfo.InvariantCulture), "red"],
            words.Where((_, i) => i != 4));

        using var exits = await TestClient.ConnectAsync(await gateway.EndPointOf("exits"));
        Assert.Equal("", await exits.TextToEndAsync());
        await gateway.LogAsync(" exit=3 duration=");
    }

    [Fact]
    public async Task A_program_that_does_not_exist_costs_its_client_and_is_logged_once_each()
    {
        using var file = new ConfFile(Stop, Programs);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        for (var i = 1; i <= 3; i++)
        {
            using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("missing"));
            Assert.Equal("", await client.AskAsync("anybody?"));
        }

        using var echo = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        Assert.Equal("here", await echo.AskAsync("here"));
        await gateway.SignalAsync("TERM");
        Assert.Equal(0, await gateway.ExitCodeAsync());
        var errors = gateway.Error.Split('\n')
            .Where(line => line.Contains(" error ", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(3, errors.Count);
        Assert.All(errors, line => Assert.Contains("EESPAWN", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_never_ends_is_ended_at_its_limit_and_with_the_gateway_and_nobody_of_it_is_left()
    {
        using var file = new ConfFile(Stop, Programs);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        using var limited = await TestClient.ConnectAsync(await gateway.EndPointOf("limited"));
        var grandchild = (await limited.TextToEndAsync()).Trim();
        await gateway.LogAsync("signal=9 duration=");
        Assert.Contains("ran for longer than run-limit", gateway.Error, StringComparison.Ordinal);

        using var endless = await TestClient.ConnectAsync(await gateway.EndPointOf("endless"));
        var line = new StringBuilder();
        while (!line.ToString().EndsWith('\n')) line.Append((char)(await endless.ReceiveAsync(1))[0]);
        string[] processes = [grandchild, .. line.ToString().TrimEnd().Split(' ')];
        Assert.True(Directory.Exists($"/proc/{processes[1]}"), "it is not there");
        await gateway.SignalAsync("TERM");
        Assert.Equal(0, await gateway.ExitCodeAsync());
        Assert.Contains(" stopped with its service", gateway.Error, StringComparison.Ordinal);
        Assert.Equal("", await endless.TextToEndAsync());
        foreach (var process in processes) await GoneAsync(process);
    }

    [Fact]
    public async Task A_gateway_that_closes_soon_waits_until_its_programs_are_killed_and_tells_how_they_ended()
    {
        const string Soon = "gateway { drain-timeout = 10ms, close-timeout = 1s }\n"
            + "handoff.children.stop-timeout = 2s";
        using var file = new ConfFile(Soon, Programs);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        using var endless = await TestClient.ConnectAsync(await gateway.EndPointOf("endless"));
        await endless.ReceiveAsync(1);
        await gateway.SignalAsync("TERM");
        Assert.Equal(0, await gateway.ExitCodeAsync());
        Assert.Matches(" signal=9 duration=.* stopped with its service", gateway.Error);
    }

    [Fact]
    public async Task A_hundred_at_once_are_served_and_neither_a_descriptor_nor_a_zombie_is_left()
    {
        using var file = new ConfFile(Stop, Programs);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        var cat = await gateway.EndPointOf("cat");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => EchoAsync(cat, i)));
        await SettleAsync(gateway, 10);
        var before = gateway.Descriptors();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => EchoAsync(cat, i)));
        await SettleAsync(gateway, 110);
        Assert.Empty(gateway.Children());
        await ClosedAsync(gateway, before);
    }

    [Fact]
    public async Task A_connection_over_the_limit_is_closed_and_tcpmux_says_that_there_is_no_such_service()
    {
        using var file = new ConfFile(Stop, Programs);
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        var two = await gateway.EndPointOf("two");
        using var first = await TestClient.ConnectAsync(two);
        using var second = await TestClient.ConnectAsync(two);
        foreach (var client in (TestClient[])[first, second])
        {
            await client.SendAsync("x");
            Assert.Equal("x"u8.ToArray(), await client.ReceiveAsync(1));
        }

        using (var third = await TestClient.ConnectAsync(two)) Assert.Equal("", await third.TextToEndAsync());
        Assert.Equal("", await first.AskAsync(""));

        using var mux = await TestClient.ConnectAsync(await gateway.EndPointOf("tcpmux"));
        Assert.Equal("-no such service; HELP lists them\r\n", await mux.AskAsync("cat\r\n"));
    }

    private static async Task EchoAsync(System.Net.IPEndPoint to, int number)
    {
        using var client = await TestClient.ConnectAsync(to);
        var text = $"number {number} {new string('x', 5000)}";
        Assert.Equal(text, await client.AskAsync(text));
    }

    // Each is logged when it is over; then its actors stop, too.
    private static async Task SettleAsync(GatewayProcess gateway, int ended)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var tries = 0; gateway.Error.Split("program=/bin/cat pid=").Length - 1 < ended; tries++)
        {
            Assert.True(tries < 1000, $"they did not end:\n{gateway.Error}");
            await pace.WaitForNextTickAsync();
        }
    }

    // What a program had is closed a moment after it is logged.
    private static async Task ClosedAsync(GatewayProcess gateway, int most)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var tries = 0; gateway.Descriptors() > most; tries++)
        {
            Assert.True(tries < 500, $"{gateway.Descriptors()} descriptors are open and not {most}");
            await pace.WaitForNextTickAsync();
        }
    }

    private static async Task GoneAsync(string process)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var tries = 0; IsThere(process); tries++)
        {
            Assert.True(tries < 500, $"{process} is there still");
            await pace.WaitForNextTickAsync();
        }
    }

    // One that its parent left is reaped by whoever has it now, which may take a moment.
    private static bool IsThere(string process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
