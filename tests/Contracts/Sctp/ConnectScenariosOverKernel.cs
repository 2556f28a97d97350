using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

/// <summary>What lksctp's test_connect, test_connectx and test_getaddrs try; several addresses.</summary>
[NeedsKernelSctp]
public sealed class ConnectScenariosOverKernel(ITestOutputHelper output) : SctpSuite(new KernelSctpKind(), output)
{
    private static readonly IPAddress Second = IPAddress.Parse("127.0.0.2");

    [SctpFact]
    public async Task A_peer_with_two_addresses_is_connected_by_both_and_found_by_each()
    {
        var (server, client) = (OpenAt(IPAddress.Loopback, Second), Open());
        var (at, there) = await Join(client, server);
        Assert.Equal(
            server.Socket.LocalEndPoints.ToHashSet(), client.Socket.GetPeerAddresses(at).Value!.ToHashSet());
        Assert.Equal(2, server.Socket.GetLocalAddresses(there).Value!.Count);
        Assert.Equal(ResultCode.EEISCONN, client.Socket.Connect([server.Socket.LocalEndPoints[1]]).Code);
        await client.Send("by its second", default, server.Socket.LocalEndPoints[1]);
        Assert.Equal("by its second", await server.Reads());
        var overriding = On(at) with { Flags = SctpSendFlags.AddressOverride };
        await client.Send("to its second", overriding, server.Socket.LocalEndPoints[1]);
        Assert.Equal("to its second", await server.Reads());
        Assert.Equal(ResultCode.EEINVAL, client.TrySend("to no address of it", overriding, Kind.Nobody));
    }

    [SctpFact]
    public async Task One_of_a_peers_addresses_is_enough_to_connect()
    {
        var (server, client) = (OpenAt(IPAddress.Loopback, Second), Open());
        var begun = client.Socket.Connect([server.Socket.LocalEndPoints[1]]);
        Assert.Equal(begun.Value, (await client.Hears<SctpUp>()).Association);
        Assert.Equal(2, client.Socket.GetPeerAddresses(begun.Value).Value!.Count);
    }

    [SctpFact]
    public async Task A_connect_under_way_and_one_that_is_done_are_not_begun_again()
    {
        var (server, client) = (Open(), Open());
        Assert.Equal(ResultCode.EESUCCESS, client.Socket.Connect([server.Place]).Code);
        Assert.Equal(ResultCode.EEISCONN, client.Socket.Connect([server.Place]).Code);
        await client.Hears<SctpUp>();
        Assert.Equal(ResultCode.EEISCONN, client.Socket.Connect([server.Place]).Code);
    }

    [SctpFact]
    public async Task A_peer_whose_association_ended_is_connected_again()
    {
        var (server, client) = (Open(), Open());
        var (first, _) = await Join(client, server);
        client.End(first);
        await client.Hears<SctpShutdownComplete>();
        await server.Hears<SctpShutdownComplete>();
        var (second, _) = await Join(client, server);
        Assert.NotEqual(first, second);
    }

    [SctpFact]
    public async Task Sockets_of_IPv6_and_of_both_versions_tell_each_address_as_what_it_is()
    {
        var both = OpenAt(IPAddress.Loopback, IPAddress.IPv6Loopback);
        var (four, six) = (Open(), OpenAt(IPAddress.IPv6Loopback));
        var thereSix = await ConnectTo(both, 1, six);
        Assert.Equal(six.Place, both.Socket.GetStatus(thereSix).Value!.Primary);
        var thereFour = await ConnectTo(both, 0, four);
        Assert.Equal(four.Place, both.Socket.GetStatus(thereFour).Value!.Primary);
        await six.Send("six", default, both.Socket.LocalEndPoints[1]);
        await four.Send("four", default, both.Place);
        var senders = new[] { (await both.Next()).What.Sender, (await both.Next()).What.Sender };
        Assert.True(senders.ToHashSet().SetEquals([six.Place, four.Place]));
        Assert.Equal(ResultCode.EEBADADDR, four.TrySend("x", default, six.Place));
        Assert.Equal(ResultCode.EEBADADDR, six.Socket.Connect([four.Place]).Code);
    }

    [SctpFact]
    public void Addresses_are_added_and_removed_all_or_none()
    {
        var socket = Open().Socket;
        var third = IPAddress.Parse("127.0.0.3");
        Assert.True(socket.Bind([new(Second, 0), new(third, 0)], SctpBinding.Add).IsSuccess);
        Assert.Equal(3, socket.LocalEndPoints.Count);
        Assert.Equal(3, socket.GetLocalAddresses(default).Value!.Count);
        var stranger = new IPEndPoint(IPAddress.Parse("198.51.100.7"), 0);
        var fourth = new IPEndPoint(IPAddress.Parse("127.0.0.4"), 0);
        Assert.False(socket.Bind([fourth, stranger], SctpBinding.Add).IsSuccess);
        Assert.Equal(3, socket.LocalEndPoints.Count);
        Assert.Equal(ResultCode.EEBADADDR, socket.Bind([fourth], SctpBinding.Remove).Code);
        Assert.True(socket.Bind([new(Second, 0), new(third, 0)], SctpBinding.Remove).IsSuccess);
        Assert.Equal(ResultCode.EEINVAL, socket.Bind(socket.LocalEndPoints, SctpBinding.Remove).Code);
        Assert.Single(socket.LocalEndPoints);
    }

    private static async Task<SctpAssociationId> ConnectTo(SctpParty server, int address, SctpParty client)
    {
        var begun = client.Socket.Connect([server.Socket.LocalEndPoints[address]]);
        Assert.Equal(ResultCode.EESUCCESS, begun.Code);
        await client.Hears<SctpUp>();
        return (await server.Hears<SctpUp>()).Association;
    }

    private SctpParty OpenAt(params IPAddress[] addresses)
    {
        var (socket, code) = Kind.Backend.Open(
            [.. addresses.Select(address => new IPEndPoint(address, 0))], Kind.Options);
        Assert.Equal(ResultCode.EESUCCESS, code);
        var party = Of(socket!);
        Assert.True(party.Socket.Listen(8).IsSuccess);
        return party;
    }
}
