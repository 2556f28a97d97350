using System.Net;
using System.Net.Sockets;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Unix;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

/// <summary>What Unix datagrams do otherwise than UDP; only the Linux engine has them.</summary>
public sealed class UnixDatagramTests(ITestOutputHelper output)
    : DatagramSuite(DatagramKind.OfUnix(), output)
{
    [LinuxFact]
    public async Task A_receiver_without_room_refuses_and_nothing_is_lost()
    {
        var (_, peer) = Open();
        var (socket, lease) = Open(options: Options with { ReceiveMessages = 1 });
        var accepted = 0;
        var result = SocketResult.Success;
        while (result.IsSuccess && accepted < 100_000)
        {
            result = await peer.SendAsync(System.Text.Encoding.ASCII.GetBytes($"{accepted}"), socket.LocalEndPoint);
            if (result.IsSuccess) accepted++;
        }

        Assert.Equal(ResultCode.EEWOULDBLOCK, result.Code);
        for (var i = 0; i < accepted; i++) Assert.Equal($"{i}", await Take(lease));
        Assert.Equal(accepted, socket.Status.Received);
    }

    [LinuxFact]
    public async Task A_sender_with_a_peer_waits_for_its_room()
    {
        var (server, lease) = Open(options: Options with { ReceiveMessages = 1 });
        var (_, peer) = Open(remote: server.LocalEndPoint, options: Options with { SendMessages = 4 });
        const int Many = 1000;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Many; i++) Assert.True((await peer.SendAsync(new byte[i])).IsSuccess);
        });
        Assert.True(await sending.IsStuck());
        for (var i = 0; i < Many; i++)
        {
            Assert.Equal(i, (await lease.ReadAsync().Soon()).Bytes.Length);
            lease.Consume();
        }

        await sending.Soon();
    }

    [LinuxFact]
    public async Task A_sender_without_a_name_has_no_address()
    {
        var (server, lease) = Open();
        var (nameless, result) = Kind.Create(Options).Open(local: null, server.LocalEndPoint);
        Assert.True(result.IsSuccess, result.ToString());
        nameless!.Start();
        await Send(nameless.Lease(1), "who", to: null);
        Assert.Null((await lease.ReadAsync().Soon()).Facts.Address);
        Assert.Equal(ResultCode.EENOADDR, (await lease.ReplyAsync("you"u8.ToArray()).Soon()).Code);
        await nameless.DisposeAsync();
    }

    [LinuxFact]
    public async Task Nobody_at_a_place_is_told_at_once_and_a_peer_that_went_away_is_too()
    {
        var transport = Kind.Create(Options);
        Assert.Equal(ResultCode.EECONNREFUSED, transport.Open(null, await Abandoned()).Result.Code);
        var (server, _) = Open();
        var (_, lease) = Open(remote: server.LocalEndPoint);
        server.Close();
        await server.Completion.Soon();
        Assert.Equal(ResultCode.EECONNREFUSED, (await lease.SendAsync("x"u8.ToArray()).Soon()).Code);
        Assert.Equal(ResultCode.EENOTCONN, (await lease.SendAsync("x"u8.ToArray()).Soon()).Code);
        Assert.False(lease.TryRead(out _));
    }

    [LinuxFact]
    public async Task The_file_of_a_bound_socket_goes_with_it()
    {
        var path = Path.Combine(Path.GetTempPath(), $"handoff-{Guid.NewGuid():N}");
        var (socket, lease) = Open(local: new UnixDomainSocketEndPoint(path));
        Assert.True(File.Exists(path));
        var (_, peer) = Open();
        await Send(peer, "by path", socket.LocalEndPoint);
        Assert.Equal("by path", await Take(lease));
        socket.Close();
        await socket.Completion.Soon();
        Assert.False(File.Exists(path));
    }

    [LinuxFact]
    public async Task What_a_dead_process_left_is_in_use_unless_stale_files_are_to_be_removed()
    {
        var path = Path.Combine(Path.GetTempPath(), $"handoff-{Guid.NewGuid():N}");
        var place = new UnixDomainSocketEndPoint(path);
        var dead = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        dead.Bind(place);
        CloseAndLeaveTheFile(dead, path);
        Assert.Equal(ResultCode.EEADDRINUSE, Kind.Create(Options).Open(place, null).Result.Code);
        var removing = new UnixDatagramTransport(Kind.Engine, Options) { RemovesStaleFiles = true };
        var (socket, result) = removing.Open(place, null);
        Assert.True(result.IsSuccess, result.ToString());
        var lease = Owned(socket!);
        var (_, peer) = Open();
        await Send(peer, "alive", place);
        Assert.Equal("alive", await Take(lease));

        // One that lives is no stale file, and neither is a file that is no socket.
        Assert.Equal(ResultCode.EEADDRINUSE, removing.Open(place, null).Result.Code);
        await Send(peer, "still alive", place);
        Assert.Equal("still alive", await Take(lease));
        var plain = $"{path}.txt";
        await File.WriteAllTextAsync(plain, "mine");
        Assert.Equal(
            ResultCode.EEADDRINUSE, removing.Open(new UnixDomainSocketEndPoint(plain), null).Result.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(plain));
        File.Delete(plain);
    }

    [Fact]
    public void The_portable_engine_says_that_it_has_none()
    {
        var transport = new UnixDatagramTransport(new PortableEngine(), Options);
        var place = new UnixDomainSocketEndPoint("handoff-nowhere");
        Assert.Equal(ResultCode.EEMODENOTSUPP, transport.Open(place, null).Result.Code);
        Assert.Equal(ResultCode.EEBADADDR, transport.Open(new IPEndPoint(IPAddress.Loopback, 0), null).Result.Code);
    }

    // .NET removes the file of a socket that it closes, as long as it is there.
    internal static void CloseAndLeaveTheFile(Socket socket, string path)
    {
        File.Move(path, $"{path}.away");
        socket.Dispose();
        File.Move($"{path}.away", path);
    }
}
