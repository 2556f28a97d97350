using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Handoff.Gateway.Tests.Running;

/// <summary>The gateway as a service of a manager that passes sockets, and that has a store for them.</summary>
[Collection("alone")]
public sealed class SystemdTests
{
    private const int Clients = 20;
    private const int Kills = 2;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_listener_that_was_passed_is_of_the_service_with_its_name_or_else_of_that_with_its_address(
        bool isNamed)
    {
        using var listener = Listen();
        var at = (IPEndPoint)listener.LocalEndPoint!;
        using var config = new ConfFile($"gateway.services.echo.port = {(isNamed ? 0 : at.Port)}");
        await using var manager = new Systemd(config.Folder);
        await using var gateway =
            manager.Start([(isNamed ? "echo" : "web.socket", listener)], "--config", config.Path);
        await gateway.LogAsync($"listening service=echo address={at} inherited");
        await manager.HeardAsync("READY=1");
        using var client = await TestClient.ConnectAsync(at);
        Assert.Equal("hello", await client.AskAsync("hello"));
    }

    [Fact]
    public async Task Who_connects_to_a_passed_listener_between_kill_9_and_the_next_start_waits_and_is_served()
    {
        using var listener = Listen();
        var at = (IPEndPoint)listener.LocalEndPoint!;
        using var config = new ConfFile("gateway.services.echo.port = 0");
        await using var manager = new Systemd(config.Folder);
        var gateway = manager.Start([("echo", listener)], "--config", config.Path);
        var clients = new List<TestClient>();
        try
        {
            await manager.HeardAsync("READY=1");
            await gateway.SignalAsync("KILL");
            await gateway.ExitCodeAsync();
            for (var i = 0; i < Clients; i++) clients.Add(await TestClient.ConnectAsync(at));
            gateway = manager.Start([("echo", listener)], "--config", config.Path);
            foreach (var client in clients) Assert.Equal("hello", await client.AskAsync("hello"));
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
            await gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_no_service_wants_is_told_by_its_name_and_closed_and_the_manager_listens_on()
    {
        using var wanted = Listen();
        using var other = Listen();
        using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        datagrams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var config = new ConfFile("gateway.services.echo.port = 0");
        await using var manager = new Systemd(config.Folder);
        await using var gateway = manager.Start(
            [("other", other), ("datagrams", datagrams), ("echo", wanted)], "--config", config.Path);
        await gateway.LogAsync($"the inherited descriptor 'other' at {other.LocalEndPoint} is closed: ");
        await gateway.LogAsync($"the inherited descriptor 'datagrams' at {datagrams.LocalEndPoint} is closed: ");
        await gateway.LogAsync($"listening service=echo address={wanted.LocalEndPoint} inherited");
        var open = OpenIn(gateway);
        Assert.Contains(Systemd.FileOf((int)wanted.Handle), open);
        Assert.DoesNotContain(Systemd.FileOf((int)other.Handle), open);
        Assert.DoesNotContain(Systemd.FileOf((int)datagrams.Handle), open);
        using var client = await TestClient.ConnectAsync((IPEndPoint)other.LocalEndPoint!);
        using var accepted = await other.AcceptAsync();
    }

    [Fact]
    public async Task A_socket_of_the_wrong_type_with_the_name_of_a_service_is_an_error_that_names_it()
    {
        using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        datagrams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var config = new ConfFile("gateway.services.echo.port = 0");
        await using var manager = new Systemd(config.Folder);
        await using var gateway = manager.Start([("echo", datagrams)], "--config", config.Path);
        Assert.Equal(2, await gateway.ExitCodeAsync());
        await gateway.LogAsync("services.echo.port");
        await gateway.LogAsync("the inherited descriptor 'echo' is no listener of TCP: Datagrams, udp");
    }

    [Fact]
    public async Task After_kill_9_the_next_start_goes_on_with_what_is_in_the_store_and_no_connect_is_refused()
    {
        using var config = ConfigOf("kind = systemd");
        await using var manager = new Systemd(config.Folder);
        var gateway = manager.Start([], "--config", config.Path);
        var clients = new List<TestClient>();
        try
        {
            var echo = await gateway.EndPointOf("echo");
            for (var i = 0; i < Clients; i++) clients.Add(await TestClient.ConnectAsync(echo));
            await manager.StoredAsync(clients.Count + 1);
            for (var kill = 0; kill < Kills; kill++)
            {
                var asking = clients.Select((client, i) => AskAsync(client, seed: i)).ToArray();
                await Task.WhenAny(asking);
                await gateway.SignalAsync("KILL");
                await gateway.ExitCodeAsync();
                await gateway.DisposeAsync();
                clients.Add(await TestClient.ConnectAsync(echo));
                gateway = manager.Start([], "--config", config.Path);
                await AskAsync(clients[^1], seed: clients.Count);
                await Task.WhenAll(asking);
                await gateway.LogAsync($"listening service=echo address={echo} inherited");

                // What came after the others is stored after they have their new names.
                clients.Add(await TestClient.ConnectAsync(echo));
                await AskAsync(clients[^1], seed: clients.Count);
                await manager.StoredAsync(clients.Count + 1);
            }

            foreach (var client in clients) client.Dispose();
            await manager.StoredAsync(1);
            await gateway.SignalAsync("TERM");
            Assert.Equal(0, await gateway.ExitCodeAsync());
            await manager.StoredAsync(0);
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
            await gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_no_service_wants_any_more_is_taken_out_of_the_store_and_nobody_listens_there()
    {
        using var config = ConfigOf("kind = systemd");
        await using var manager = new Systemd(config.Folder);
        await using (var gateway = manager.Start([], "--config", config.Path))
        {
            await manager.StoredAsync(now: 1);

            // What is stored may be logged a moment later, and never by one that was killed.
            var before = await gateway.EndPointOf("echo");
            await gateway.SignalAsync("KILL");
            await gateway.ExitCodeAsync();
            using var other = new ConfFile("gateway { keeper.kind = systemd, services.time.port = 0 }");
            await using var next = manager.Start([], "--config", other.Path);
            await manager.StoredAsync(now: 1, ever: 2);
            await next.LogAsync("adopted=0 closed=1");
            var refused = await Assert.ThrowsAsync<SocketException>(() => TestClient.ConnectAsync(before));
            Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        }
    }

    [Fact]
    public async Task Where_the_manager_passes_the_listener_it_is_not_stored_and_the_connections_are()
    {
        using var listener = Listen();
        using var config = ConfigOf("kind = systemd");
        await using var manager = new Systemd(config.Folder);
        await using var gateway = manager.Start([("echo", listener)], "--config", config.Path);
        using var client = await TestClient.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        await AskAsync(client, seed: 1);
        await manager.StoredAsync(now: 1, ever: 1);
        await gateway.SignalAsync("TERM");
        client.Finish();
        Assert.Equal(0, await gateway.ExitCodeAsync());
        await manager.StoredAsync(now: 0, ever: 1);
        using var later = await TestClient.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
    }

    [Fact]
    public async Task After_an_upgrade_a_passed_listener_is_the_managers_still_and_outlives_the_new_process()
    {
        using var listener = Listen();
        var at = (IPEndPoint)listener.LocalEndPoint!;
        using var config = new ConfFile(
            "gateway { control.name = control, keeper.kind = systemd, services.echo.port = 0 }");
        File.AppendAllText(config.Path, $"handoff.processes.directory = \"{config.Folder}/run\"\n");
        await using var manager = new Systemd(config.Folder);
        await using var gateway = manager.Start([("echo", listener)], "--config", config.Path);
        await manager.HeardAsync("READY=1");
        var (exitCode, output, error) = await GatewayProcess.RunAsync("upgrade", "--config", config.Path);
        Assert.True(exitCode == 0, $"{output}\n{error}\n{gateway.Error}");
        using (var client = await TestClient.ConnectAsync(at)) Assert.Equal("hello", await client.AskAsync("hello"));
        var next = Regex.Match(output, @"to process (\d+) in ").Groups[1].Value;
        using (var kill = Process.Start("kill", ["-TERM", next])) await kill.WaitForExitAsync();

        // Its streams are those of the one after it.
        await gateway.ExitCodeAsync();
        using var later = await TestClient.ConnectAsync(at);
        using var accepted = await listener.AcceptAsync();
    }

    [Fact]
    public async Task A_program_has_all_that_its_client_sent_through_a_passed_listener()
    {
        using var listener = Listen();
        using var config = new ConfFile(
            "gateway.services.cat { handler = exec, port = 0, program = \"/bin/cat\" }");
        await using var manager = new Systemd(config.Folder);
        using var early = await TestClient.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        await early.SendAsync("sent before anybody was there");
        await using var gateway = manager.Start([("cat", listener)], "--config", config.Path);
        Assert.Equal("sent before anybody was there, and after", await early.AskAsync(", and after"));
    }

    [Fact]
    public async Task Without_a_service_manager_the_gateway_serves_and_says_that_nothing_is_kept()
    {
        using var config = ConfigOf("kind = systemd");
        await using var gateway = GatewayProcess.Start("--config", config.Path);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        await AskAsync(client, seed: 2);
        await gateway.LogAsync("nothing is adopted: EEMODENOTSUPP");
        await gateway.LogAsync("NOTIFY_SOCKET is not set");
    }

    private static ConfFile ConfigOf(string keeper) => new(
        $$"""
        gateway {
          control.enabled = off
          keeper { {{keeper}} }
          services.echo.port = 0
        }
        """);

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(2 * Clients);
        return listener;
    }

    // What it is called by the system, each.
    private static IReadOnlyCollection<string?> OpenIn(GatewayProcess gateway) =>
    [
        .. Directory.GetFileSystemEntries($"/proc/{gateway.ProcessId}/fd").Select(at => new FileInfo(at).LinkTarget),
    ];

    private static async Task AskAsync(TestClient client, int seed)
    {
        var question = new byte[2000];
        new Random(seed).NextBytes(question);
        await client.SendAsync(question);
        Assert.Equal(question, await client.ReceiveAsync(question.Length));
    }
}
