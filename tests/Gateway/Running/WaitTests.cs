using System.Globalization;
using System.Text;

namespace Handoff.Gateway.Tests.Running;

// Programs that have the listener and accept by themselves, started by the gateway as its users run it.
[Collection("alone")]
public sealed class WaitTests
{
    private const string Stop = "gateway { log-level = info, drain-timeout = 100ms, close-timeout = 10s }\n"
        + "handoff.children.stop-timeout = 1s";

    private const string Patient = "gateway { log-level = info, drain-timeout = 2m, close-timeout = 10s }";

    private const string Echo = "gateway.services.echo.port = 0";

    [Fact]
    public async Task A_program_has_the_listener_until_it_ends_and_the_next_client_starts_the_next_one()
    {
        using var file = new ConfFile(Stop, Accepts(2));
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        var at = await gateway.EndPointOf("wait");
        using var first = await TestClient.ConnectAsync(at);
        var program = await ProgramOfAsync(first);
        Assert.Equal([$"{program}"], gateway.Children());
        using var second = await TestClient.ConnectAsync(at);
        Assert.Equal("one", await first.AskAsync("one"));
        Assert.Equal(program, await ProgramOfAsync(second));
        Assert.Equal("two", await second.AskAsync("two"));
        var end = await gateway.LogAsync($" pid={program} socket=");
        Assert.Contains(" exit=0 duration=", end, StringComparison.Ordinal);

        using var third = await TestClient.ConnectAsync(at);
        Assert.NotEqual(program, await ProgramOfAsync(third));
        Assert.Equal("three", await third.AskAsync("three"));
        await EndAsync(at);
    }

    [Fact]
    public async Task A_program_that_ends_at_once_is_not_started_for_ever_and_the_others_are_served()
    {
        using var file = new ConfFile(
            Stop, Echo, "handoff.children { max-starts = 3, starts-pause = 1h }",
            Service("program = \"/bin/sh\", arguments = [\"-c\", \"exit 3\"]"));
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        using var waiting = await TestClient.ConnectAsync(await gateway.EndPointOf("wait"));
        var error = await gateway.LogAsync(" error ");
        Assert.Contains("EEQUOTA", error, StringComparison.Ordinal);

        // Its end is told after the listener is back, and that starts the next one.
        await gateway.LogAsync(" exit=3 duration=", skip: 2);
        Assert.Equal(3, gateway.Error.Split(" exit=3 duration=").Length - 1);
        using var echo = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        Assert.Equal("here", await echo.AskAsync("here"));
        await gateway.SignalAsync("TERM");
        Assert.Equal(0, await gateway.ExitCodeAsync());
    }

    [Fact]
    public async Task A_program_that_ends_at_once_is_started_again_after_the_pause()
    {
        using var file = new ConfFile(
            Stop, "handoff.children { max-starts = 1, starts-pause = 50ms }",
            Service("program = \"/bin/sh\", arguments = [\"-c\", \"exit 3\"]"));
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        using var waiting = await TestClient.ConnectAsync(await gateway.EndPointOf("wait"));
        await gateway.LogAsync(" exit=3 duration=", skip: 3);
        Assert.Contains("EEQUOTA", gateway.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_gateway_its_program_ends_and_nobody_of_it_is_left_and_nobody_listens()
    {
        var place = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var script = $"trap '' TERM; : >{place}; sleep 1000 & wait; wait";
        using var file = new ConfFile(
            Stop, Service($"program = \"/bin/sh\", arguments = [\"-c\", \"{script}\"]"),
            "gateway.services.idle { handler = exec, port = 0, program = \"/bin/cat\", wait = on }");
        await using var gateway = GatewayProcess.Start("--config", file.Path);
        var at = await gateway.EndPointOf("wait");
        using var client = await TestClient.ConnectAsync(at);
        await gateway.LogAsync(" has the listener");
        var program = Assert.Single(gateway.Children());
        await IsThereAsync(place);
        await gateway.SignalAsync("TERM");
        Assert.Equal(0, await gateway.ExitCodeAsync());
        Assert.Contains(" signal=9 ", gateway.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{program}"), "it is there still");
        foreach (var service in (string[])["wait", "idle"])
        {
            var address = await gateway.EndPointOf(service);
            await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => TestClient.ConnectAsync(address));
        }
    }

    [Fact]
    public async Task A_listener_that_waits_moves_with_an_upgrade_and_starts_its_program_there()
    {
        await using var gateway = Generations.Start(Echo, Accepts(1), Patient);
        var at = await gateway.EndPointOf("wait");
        var output = await gateway.UpgradeAsync();
        Assert.Contains("stopping 2 listeners and 0 connections\n", output, StringComparison.Ordinal);
        using var client = await TestClient.ConnectAsync(at);
        await ProgramOfAsync(client);
        Assert.Equal("new", await client.AskAsync("new"));
    }

    [Fact]
    public async Task A_program_that_has_the_listener_finishes_in_the_old_process_and_the_listener_follows_then()
    {
        await using var gateway = Generations.Start(Echo, Accepts(2), Patient);
        var at = await gateway.EndPointOf("wait");
        using var first = await TestClient.ConnectAsync(at);
        var program = await ProgramOfAsync(first);
        var upgrading = gateway.UpgradeAsync();
        await gateway.LogAsync("upgrade: moved 1 listeners");
        using var queued = await TestClient.ConnectAsync(at);
        Assert.Equal("still", await first.AskAsync("still"));
        Assert.Equal(program, await ProgramOfAsync(queued));
        Assert.False(upgrading.IsCompleted, "the old process did not wait for its program");
        using var last = await TestClient.ConnectAsync(at);
        Assert.Equal("also", await queued.AskAsync("also"));
        Assert.NotEqual(program, await ProgramOfAsync(last));
        Assert.Equal("new", await last.AskAsync("new"));
        await upgrading;
        await EndAsync(at);
    }

    [Fact]
    public async Task A_program_that_does_not_finish_is_ended_by_the_upgrade_and_the_listener_follows_all_the_same()
    {
        await using var gateway = Generations.Start(Echo, Accepts(1), Stop);
        var at = await gateway.EndPointOf("wait");
        using var first = await TestClient.ConnectAsync(at);
        var program = await ProgramOfAsync(first);
        using var queued = await TestClient.ConnectAsync(at);
        await gateway.UpgradeAsync();
        Assert.NotEqual(program, await ProgramOfAsync(queued));
        Assert.Equal("new", await queued.AskAsync("new"));
        Assert.False(Directory.Exists($"/proc/{program}"), "two have the listener");
    }

    // The program hears SIGTERM until it has said that it does not.
    private static async Task IsThereAsync(string place)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; !File.Exists(place); tries++)
        {
            Assert.True(tries < 1000, "the program has not begun");
            await pace.WaitForNextTickAsync();
        }

        File.Delete(place);
    }

    private static string Service(string members) =>
        $"gateway.services.wait {{ handler = exec, port = 0, wait = on, {members} }}";

    // So many clients, one after the other.
    private static string Accepts(int clients)
    {
        var tests = Path.Combine(AppContext.BaseDirectory, "Gateway.Tests.dll");
        return Service($"program = \"{Environment.ProcessPath}\", inherit = [PATH, HOME, DOTNET_ROOT], "
            + $"arguments = [exec, \"{tests}\", accepts, \"{clients}\"]");
    }

    // The last client that a program waits for: else it would be there when the test is over.
    private static async Task EndAsync(System.Net.IPEndPoint at)
    {
        using var client = await TestClient.ConnectAsync(at);
        await ProgramOfAsync(client);
        Assert.Equal("end", await client.AskAsync("end"));
    }

    private static async Task<int> ProgramOfAsync(TestClient client) =>
        int.Parse(Encoding.ASCII.GetString(await client.ReceiveAsync(10)), CultureInfo.InvariantCulture);
}
