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
    : DatagramSuite(new DatagramKind.LinuxUnix(), output)
{
    [Fact]
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

    [Fact]
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

    [Fact]
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

    [Fact]
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

    [Fact]
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

    [Fact]
    public void The_portable_engine_says_that_it_has_none()
    {
        var transport = new UnixDatagramTransport(new PortableEngine(), Options);
        Assert.Equal(ResultCode.EEMODENOTSUPP, transport.Open(Kind.AnyPlace, null).Result.Code);
        Assert.Equal(ResultCode.EEBADADDR, transport.Open(new IPEndPoint(IPAddress.Loopback, 0), null).Result.Code);
    }
}
