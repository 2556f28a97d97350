using System.Net;
using System.Net.Sockets;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>
/// Multicast over UDP that stays on this host: over IPv4 on the loopback interface; over IPv6, where that is for no
/// group, by the scope of the group.
/// </summary>
public abstract class MulticastContract(DatagramKind.Udp kind, ITestOutputHelper output) : DatagramSuite(kind, output)
{
    // RFC 2365; RFC 4291: of this interface.
    private readonly IPAddress _group = IPAddress.Parse(kind.IsIPv6 ? "ff01::7:8" : "239.255.7.8");
    private readonly int _interface = kind.IsIPv6 ? 0 : DatagramKind.LoopbackInterface;

    private IPEndPoint Anywhere => new(kind.IsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, 0);

    [Fact]
    public async Task Members_of_a_group_at_one_port_each_hear_what_is_sent_to_it()
    {
        var (one, first) = Member();
        var (two, second) = Member(one.LocalEndPoint);
        Assert.Equal(one.LocalEndPoint, two.LocalEndPoint);
        Join(one);
        Join(two);
        var (sender, lease) = Sender();
        await Send(lease, "to all", Address(one));
        foreach (var member in new[] { first, second })
        {
            var message = await member.ReadAsync().Soon();
            Assert.Equal("to all"u8.ToArray(), message.Bytes.ToArray());
            Assert.Equal(Port(sender), Assert.IsType<IPEndPoint>(message.Facts.Address).Port);
            member.Consume();
        }
    }

    [Fact]
    public async Task Who_left_a_group_hears_of_it_no_longer()
    {
        var (one, first) = Member();
        Join(one);
        var (_, lease) = Sender();
        await Send(lease, "before", Address(one));
        Assert.Equal("before", await Take(first));
        Assert.True(one.SetOption(SocketOption.LeaveGroup(_group, _interface)).IsSuccess);
        await Send(lease, "after", Address(one));
        await Send(lease, "to itself", new IPEndPoint(kind.Loopback, Port(one)));
        Assert.Equal("to itself", await Take(first));
    }

    [Fact]
    public async Task A_sender_decides_whether_its_own_host_hears_it()
    {
        if (!kind.IsIPv6) return; // what goes by the loopback interface is heard in any case
        var (one, first) = Member();
        Join(one);
        var (sender, lease) = Sender();
        Assert.True(sender.SetOption(SocketOption.MulticastLoopback(false)).IsSuccess);
        await Send(lease, "for other hosts", Address(one));
        Assert.True(sender.SetOption(SocketOption.MulticastLoopback(true)).IsSuccess);
        await Send(lease, "for all hosts", Address(one));
        Assert.Equal("for all hosts", await Take(first));
    }

    [Fact]
    public void An_address_that_is_not_to_be_shared_is_in_use()
    {
        var (one, _) = Member();
        Assert.Equal(ResultCode.EEADDRINUSE, Kind.Create(Options).Open(one.LocalEndPoint, null).Result.Code);
        var (alone, _) = Open();
        Assert.Equal(
            ResultCode.EEADDRINUSE, Kind.Create(Options).OpenShared(alone.LocalEndPoint, null).Result.Code);
    }

    // One that is bound to its own address hears no group.
    private (MessageSocket Socket, MessageLease Lease) Member(EndPoint? at = null)
    {
        var (socket, result) = Kind.Create(Options).OpenShared(at ?? Anywhere, remote: null);
        Assert.True(result.IsSuccess, result.ToString());
        return (socket!, Owned(socket!));
    }

    private (MessageSocket Socket, MessageLease Lease) Sender()
    {
        var (socket, lease) = Open(Anywhere);
        Assert.True(socket.SetOption(SocketOption.MulticastInterface(_interface)).IsSuccess);
        return (socket, lease);
    }

    private void Join(MessageSocket socket) =>
        Assert.Equal(SocketResult.Success, socket.SetOption(SocketOption.JoinGroup(_group, _interface)));

    private IPEndPoint Address(MessageSocket member) => new(_group, Port(member));

    private static int Port(MessageSocket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
