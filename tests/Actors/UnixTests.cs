using System.Net;
using System.Net.Sockets;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// Unix stream sockets by their end points: nobody names a transport.
public sealed class UnixTests : SocketTestKit
{
    private readonly UnixDomainSocketEndPoint _place =
        new(Path.Combine(Path.GetTempPath(), $"handoff-{Path.GetRandomFileName()}"));

    public UnixTests(ITestOutputHelper output)
        : base(output)
    {
    }

    [Fact]
    public async Task A_connection_by_a_path_is_owned_handed_off_and_known_by_its_peer()
    {
        var (server, target) = (CreateTestProbe(), CreateTestProbe());
        var listening = ListenAt(_place, server);
        Assert.Equal(_place, listening.EndPoint);
        using var peer = await DialAsync();
        var acquired = Take(server);
        Assert.Equal(("unix", _place), (acquired.Facts.Transport, acquired.Facts.Local));
        int? own = OperatingSystem.IsLinux() ? Environment.ProcessId : null;
        Assert.Equal(own, acquired.Facts.PeerCredentials?.ProcessId);
        Assert.Equal(acquired.Facts.PeerCredentials, StatusOf(server, acquired.Handle.Socket).Facts.PeerCredentials);

        await peer.SendAsync("hello"u8.ToArray());
        Assert.Equal("hello", await acquired.Lease!.ReadTextAsync(5));
        Release(server, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Assert.Equal(acquired.Facts.PeerCredentials, offered.Facts.PeerCredentials);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        var next = target.ExpectMsg<Acquired>();
        await next.Lease!.WriteAsync("from the next");
        var buffer = new byte[64];
        Assert.Equal(13, await peer.ReceiveAsync(buffer).WaitAsync(Patience));
    }

    [Fact]
    public void A_listener_that_closes_takes_its_file_with_it()
    {
        var owner = CreateTestProbe();
        var listening = ListenAt(_place, owner);
        Assert.True(File.Exists(_place.ToString()));
        Handoff.Sockets.Tell(new Listen(_place, owner), owner);
        Assert.Equal(ResultCode.EEADDRINUSE, owner.ExpectMsg<Refused>().Result.Code);
        listening.Handle.Socket.Tell(new Close(listening.Handle), owner);
        owner.ExpectMsg<Closed>();
        Assert.False(File.Exists(_place.ToString()));
    }

    [Fact]
    public async Task Code_outside_actors_connects_by_a_path()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(_place, server.Ref);
        await using var client = await Handoff.ConnectAsync(_place);
        await using var owned = await server.AcquireNextAsync();
        Assert.Equal(_place, client.Facts.Remote);
        Assert.Equal("unix", client.Facts.Transport);
        await client.Lease.WriteAsync("by path");
        Assert.Equal("by path", await owned.Lease.ReadTextAsync(7));
    }

    [Fact]
    public void An_address_that_no_transport_is_for_is_malformed()
    {
        var owner = CreateTestProbe();
        Handoff.Sockets.Tell(new Connect(new DnsEndPoint("localhost", 1), owner), owner);
        var refused = owner.ExpectMsg<Refused>();
        Assert.Equal(ResultCode.EEBADADDR, refused.Result.Code);
        Assert.Contains("tcp, udp, unix", refused.Result.Reason, StringComparison.Ordinal);
        Handoff.Sockets.Tell(new Listen(_place, owner) { Transport = "tcp" }, owner);
        Assert.Equal(ResultCode.EEBADADDR, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task A_tcp_connection_has_no_process_at_its_other_end()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Assert.Null(acquired.Facts.PeerCredentials);
    }

    private Listening ListenAt(EndPoint place, Akka.TestKit.TestProbe owner)
    {
        Handoff.Sockets.Tell(new Listen(place, owner), owner);
        return owner.ExpectMsg<Listening>();
    }

    private async Task<Socket> DialAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(_place);
        return socket;
    }
}
