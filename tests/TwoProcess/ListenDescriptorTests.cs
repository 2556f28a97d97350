using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;
using Handoff.TwoProcess.Tests.Setup;

namespace Handoff.TwoProcess.Tests;

/// <summary>What a service manager passes to a process that it starts.</summary>
public sealed class ListenDescriptorTests
{
    [LinuxFact]
    public async Task A_process_takes_the_sockets_that_it_was_started_with_by_their_names()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var web = Listen(engine);
        using var admin = Listen(engine);
        var said = await RunAsync("listened", [web.Number, admin.Number], "2", "LISTEN_PID=$$", "web:admin");
        Assert.Equal(
            [$"socket 3 web {web.LocalEndPoint} 1", $"socket 4 admin {admin.LocalEndPoint} 1", "took 2 EESUCCESS 0"],
            said);
    }

    [LinuxFact]
    public async Task A_process_takes_nothing_that_is_for_another()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var web = Listen(engine);
        Assert.Equal(["took 0 EESUCCESS 0"], await RunAsync("listened", [web.Number], "1", "LISTEN_PID=1", "web"));
    }

    [LinuxTheory]
    [InlineData("2", "web", "EEBADDATA")]
    [InlineData("-1", "web", "EEBADDATA")]
    [InlineData("4097", "web", "EEBADDATA")]
    [InlineData("one", "web", "EEBADDATA")]
    public async Task What_makes_no_sense_is_refused_by_a_code_and_nothing_is_taken(
        string count, string names, string code)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var web = Listen(engine);
        Assert.Equal([$"took 0 {code} 0"], await RunAsync("listened", [web.Number], count, "LISTEN_PID=$$", names));
    }

    // The second is not there, or is a file of the runtime's.
    [LinuxFact]
    public async Task A_socket_that_was_not_passed_is_missed()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var web = Listen(engine);
        Assert.Equal(["took 0 EEBADF 0"], await RunAsync("listened", [web.Number], "2", "LISTEN_PID=$$", "web:admin"));
    }

    // Once: a second one who asks finds nothing, and no variable is left.
    [LinuxFact]
    public async Task Owners_adopt_what_their_process_was_started_with_by_its_name_and_what_does_not_fit_is_told()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var web = Listen(engine);
        using var admin = Listen(engine);
        using var idle = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        idle.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var (webAt, adminAt) = (web.LocalEndPoint, admin.LocalEndPoint);
        var said = await RunAsync(
            "inheriting", [web.Number, admin.Number, (int)idle.Handle], "3", "LISTEN_PID=$$", "web:admin:idle");
        Assert.Equal(
            [
                $"passed web Listener {webAt} EESUCCESS", $"passed admin Listener {adminAt} EESUCCESS",
                "passed idle   EENOTCONN", "refused other EENAMENOTFOUND",
                $"acquired web Listener {webAt}", "keep EEALREADY", "adopted web 1",
                $"closed admin {adminAt} EESOCKNOTRLSD", "closed idle  EENOTCONN", "adopted  0",
                "adopted  0", "left 0 0",
            ],
            said);

        // Closed there, and not shut down.
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(webAt);
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await other.ConnectAsync(adminAt);
    }

    [LinuxFact]
    public async Task An_owner_is_refused_with_the_code_of_variables_that_make_no_sense()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var web = Listen(engine);
        Assert.Equal(
            ["refused  EEBADDATA"], await RunAsync("inheriting", [web.Number], "2", "LISTEN_PID=$$", "web"));
    }

    private static LinuxListenSocket Listen(LinuxEngine engine) =>
        (LinuxListenSocket)engine.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1).Socket!;

    // A shell puts the sockets where a service manager does, and becomes the process.
    private static async Task<string[]> RunAsync(
        string side, int[] sockets, string count, string process, string names)
    {
        foreach (var socket in sockets) Assert.Equal(0, SystemCalls.Control(socket, Native.SetDescriptorFlags, 0));
        var places = string.Join(' ', sockets.Select((socket, i) => $"{3 + i}<&{socket}"));
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList =
            {
                "-c", $"exec {places}; export {process}; exec \"$@\"", "bash", Environment.ProcessPath!, "exec",
                Path.Combine(AppContext.BaseDirectory, "TwoProcess.Tests.dll"), side, "/",
            },
            RedirectStandardOutput = true,
        };
        start.Environment["LISTEN_FDS"] = count;
        start.Environment["LISTEN_FDNAMES"] = names;
        using var child = Process.Start(start)!;
        foreach (var socket in sockets) SystemCalls.Control(socket, Native.SetDescriptorFlags, Native.ClosedOnExec);
        var said = await child.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(120));
        await child.WaitForExitAsync();
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
