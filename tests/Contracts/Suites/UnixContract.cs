using System.Net;
using System.Net.Sockets;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Unix;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>What Unix sockets owe beyond streams: files, abstract names, and the process at the other end.</summary>
public abstract class UnixContract(TransportKind.Unix kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public void The_file_of_a_listener_goes_with_it()
    {
        var listener = Listen();
        var path = listener.LocalEndPoint.ToString()!;
        Assert.True(File.Exists(path));
        listener.Dispose();
        Assert.False(File.Exists(path));
        listener.Dispose();
    }

    [Fact]
    public void A_file_that_another_has_put_in_its_place_stays()
    {
        var listener = Listen();
        var path = listener.LocalEndPoint.ToString()!;
        File.Delete(path);
        var second = Kind.Create(Options).Listen(listener.LocalEndPoint, 1).Listener!;
        listener.Dispose();
        Assert.True(File.Exists(path));
        second.Dispose();
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_path_where_something_stands_is_in_use_and_it_is_let_be(bool removesStaleFiles)
    {
        var path = kind.AnyPlace.ToString()!;
        File.WriteAllText(path, "precious");
        try
        {
            Assert.Equal(ResultCode.EEADDRINUSE, ListenOn(path, removesStaleFiles).Result.Code);
            Assert.Equal("precious", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
            File.Delete($"{path}.lock");
        }
    }

    [Fact]
    public void The_file_of_a_dead_process_is_in_use_unless_stale_files_are_to_be_removed()
    {
        if (!OperatingSystem.IsLinux()) return;
        var path = kind.AnyPlace.ToString()!;
        LeaveBehind(path);
        Assert.Equal(ResultCode.EEADDRINUSE, ListenOn(path, removesStaleFiles: false).Result.Code);
        var (listener, result) = ListenOn(path, removesStaleFiles: true);
        Assert.True(result.IsSuccess, result.ToString());
        listener!.Dispose();
        Assert.False(File.Exists(path));
        File.Delete($"{path}.lock");
    }

    [Fact]
    public void While_another_has_its_turn_to_listen_at_a_path_the_address_is_in_use_and_nothing_is_removed()
    {
        if (!OperatingSystem.IsLinux()) return;
        var path = kind.AnyPlace.ToString()!;
        LeaveBehind(path);
        using (new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.Read, FileShare.None))
        {
            var (_, result) = ListenOn(path, removesStaleFiles: true);
            Assert.Equal(ResultCode.EEADDRINUSE, result.Code);
            Assert.Contains($"{path}.lock", result.Reason, StringComparison.Ordinal);
            Assert.True(File.Exists(path));
        }

        using var listener = ListenOn(path, removesStaleFiles: true).Listener;
        Assert.NotNull(listener);
        Assert.True(File.Exists($"{path}.lock"));
        File.Delete($"{path}.lock");
    }

    [Fact]
    public void Where_there_can_be_no_lock_nothing_is_removed()
    {
        if (!OperatingSystem.IsLinux()) return;
        var path = kind.AnyPlace.ToString()!;
        LeaveBehind(path);
        Directory.CreateDirectory($"{path}.lock");
        Assert.Equal(ResultCode.EEADDRINUSE, ListenOn(path, removesStaleFiles: true).Result.Code);
        Assert.True(File.Exists(path));
        Directory.Delete($"{path}.lock");
        File.Delete(path);
    }

    [Fact]
    public async Task Of_many_that_start_at_the_same_stale_file_one_listens()
    {
        if (!OperatingSystem.IsLinux()) return;
        for (var round = 0; round < 20; round++)
        {
            var path = kind.AnyPlace.ToString()!;
            LeaveBehind(path);
            using var go = new Barrier(participantCount: 4);
            var starters = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    go.SignalAndWait();
                    return ListenOn(path, removesStaleFiles: true).Listener;
                },
                TaskCreationOptions.LongRunning));
            var listeners = (await Task.WhenAll(starters).Soon()).OfType<SocketListener>().ToArray();
            Assert.Single(listeners);
            Assert.True(File.Exists(path), $"round {round}");
            listeners[0].Dispose();
            File.Delete($"{path}.lock");
        }
    }

    [Fact]
    public void A_listener_that_is_alive_is_not_taken_for_stale()
    {
        var listener = Listen(backlog: 1);
        var path = listener.LocalEndPoint.ToString()!;
        for (var i = 0; i < 5; i++) // also when its queue is full
            Assert.Equal(ResultCode.EEADDRINUSE, ListenOn(path, removesStaleFiles: true).Result.Code);
        Assert.True(File.Exists(path));
        File.Delete($"{path}.lock");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_no_place()
    {
        Assert.Equal(ResultCode.EEBIND, ListenOn("/no/such/folder/socket", removesStaleFiles: true).Result.Code);
        var connected = await Kind.Create(Options).ConnectAsync(
            new UnixDomainSocketEndPoint("/no/such/folder/socket"), TimeSpan.FromSeconds(30), default).Soon();
        Assert.Equal(ResultCode.EECONNREFUSED, connected.Result.Code);
    }

    [Fact]
    public async Task An_end_point_without_a_name_is_malformed()
    {
        var nameless = new UnixDomainSocketEndPoint("x").Create(new SocketAddress(AddressFamily.Unix, 2));
        foreach (var place in new[] { nameless, new UnixDomainSocketEndPoint("half\0name") })
        {
            Assert.Equal(ResultCode.EEBADADDR, Kind.Create(Options).Listen(place, 1).Result.Code);
            var connected = await Kind.Create(Options).ConnectAsync(place, TimeSpan.FromSeconds(30), default).Soon();
            Assert.Equal(ResultCode.EEBADADDR, connected.Result.Code);
            Assert.Equal(ResultCode.EEBADADDR, kind.Engine.Listen(place, 1).Code);
        }
    }

    [Fact]
    public async Task An_abstract_name_has_no_file_and_is_free_when_its_listener_is_closed()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.True(UnixAddress.TryParse($"@handoff-{Path.GetRandomFileName()}", out var place, out _));
        var transport = Kind.Create(Options);
        using var listener = transport.Listen(place, 1).Listener!;
        Assert.Equal(place, listener.LocalEndPoint);
        Assert.Equal(ResultCode.EEADDRINUSE, transport.Listen(place, 1).Result.Code);
        var client = await ConnectTo(listener);
        var server = Owned((await listener.AcceptAsync().Soon()).Connection);
        Assert.Equal(place, client.RemoteEndPoint);
        Assert.Equal(place, server.LocalEndPoint);

        // A plain socket finds it under the very name, without zero bytes after it.
        using var plain = kind.Plain();
        await plain.ConnectAsync(place);
        listener.Dispose();
        using var again = transport.Listen(place, 1).Listener;
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Both_ends_know_the_process_at_the_other_end()
    {
        var pair = await Connected();
        if (!OperatingSystem.IsLinux())
        {
            Assert.Null(pair.Server.PeerCredentials);
            return;
        }

        var status = File.ReadLines("/proc/self/status").ToArray();
        var own = new PeerCredentials(Environment.ProcessId, Id(status, "Uid:"), Id(status, "Gid:"));
        Assert.Equal(own, pair.Server.PeerCredentials);
        Assert.Equal(own, pair.Client.PeerCredentials);
        pair.Server.Close();
        await pair.Server.DisposeAsync();
        Assert.Equal(own, pair.Server.PeerCredentials);
    }

    [Fact]
    public async Task The_file_of_a_connection_that_was_bound_goes_with_it()
    {
        var local = kind.AnyPlace;
        var (client, result) = await Kind.Create(Options)
            .ConnectAsync(Listen().LocalEndPoint, local, TimeSpan.FromSeconds(30), default).Soon();
        Assert.True(result.IsSuccess, result.ToString());
        Assert.True(File.Exists(local.ToString()));
        await Owned(client).DisposeAsync();
        Assert.False(File.Exists(local.ToString()));
    }

    [Fact]
    public async Task A_connect_that_waited_for_room_is_made_when_there_is_some()
    {
        var listener = Listen(backlog: 1);
        var waiting = new List<Task<SocketConnection>>();
        while (waiting.Count < 8 && !waiting.Exists(connect => !connect.IsCompleted))
        {
            waiting.Add(ConnectTo(listener));
            await waiting[^1].IsStuck();
        }

        Assert.False(waiting[^1].IsCompleted);
        for (var i = 0; i < waiting.Count; i++) Owned((await listener.AcceptAsync().Soon()).Connection);
        await Task.WhenAll(waiting).Soon();
    }

    // A process that dies leaves the file of its socket.
    private static void LeaveBehind(string path)
    {
        var elsewhere = $"{path}~";
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(elsewhere));
            socket.Listen(1);
            File.Move(elsewhere, path);
        }

        Assert.True(File.Exists(path));
    }

    private ListenResult ListenOn(string path, bool removesStaleFiles) =>
        new UnixTransport(kind.Engine, Options) { RemovesStaleFiles = removesStaleFiles }
            .Listen(new UnixDomainSocketEndPoint(path), 1);

    private static uint Id(string[] status, string name) => uint.Parse(
        status.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split('\t')[2],
        System.Globalization.CultureInfo.InvariantCulture);
}
