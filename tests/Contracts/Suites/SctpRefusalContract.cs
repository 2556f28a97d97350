using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class SctpRefusalContract : SctpSuite
{
    private protected SctpRefusalContract(SctpKind kind, ITestOutputHelper output)
        : base(kind, output)
    {
    }

    [SctpFact]
    public async Task A_send_that_means_nothing_is_refused_by_code()
    {
        var (server, client) = (Open(), Open());
        var (at, _) = await Join(client, server);
        Assert.Equal(ResultCode.EENOADDR, client.TrySend("x"));
        Assert.Equal(ResultCode.EENOTCONN, client.TrySend("x", On(new SctpAssociationId(1_000_003))));
        Assert.Equal(ResultCode.EEINVAL, client.TrySend("x", On(at, 60_000)));
        Assert.Equal(ResultCode.EEINVAL, client.TrySend("", On(at)));
        Assert.Equal(ResultCode.EEINVAL,
            client.TrySend("x", On(at) with { Flags = SctpSendFlags.EndAssociation }));
        Assert.Equal(ResultCode.EEINVAL,
            client.TrySend("x", On(at) with { Flags = SctpSendFlags.AddressOverride }));
        Assert.Equal(ResultCode.EEBADADDR, client.TrySend("x", default, new IPEndPoint(IPAddress.IPv6Loopback, 9)));
        Assert.Equal(ResultCode.EEMSGSIZE, client.Socket.TrySend(new byte[64 * 1024 * 1024], On(at)).Code);
        await client.Send("still up", On(at));
        Assert.Equal("still up", await server.Reads());
    }

    [SctpFact]
    public async Task A_second_association_with_a_peer_is_refused()
    {
        var (server, client) = (Open(), Open());
        await Join(client, server);
        Assert.Equal(ResultCode.EEISCONN, client.Socket.Connect(server.Socket.LocalEndPoints).Code);
        Assert.Equal(ResultCode.EENOADDR, client.Socket.Connect([]).Code);
        Assert.Equal(ResultCode.EEBADADDR, client.Socket.Connect([Kind.Nobody, new(Kind.Address, 10)]).Code);
    }

    [SctpFact]
    public void What_cannot_be_opened_is_refused_by_code()
    {
        var taken = Open();
        Assert.Equal(ResultCode.EEADDRINUSE, Kind.Backend.Open([taken.Place], Kind.Options).Code);
        Assert.Equal(ResultCode.EEADDRINUSE, Kind.Backend.Listen([taken.Place], 1, Kind.Options).Code);
        IPEndPoint[] two = [new(Kind.Address, 30_001), new(Kind.Address, 30_002)];
        Assert.Equal(ResultCode.EEBADADDR, Kind.Backend.Open(two, Kind.Options).Code);
        var stranger = new IPEndPoint(Kind.Address, 0);
        var options = With(SctpEventKinds.None, new SctpOption(SctpOptionKind.OutboundStreams, 70_000));
        Assert.Equal(ResultCode.EESETSOCKOPT, Kind.Backend.Open([stranger], options).Code);
    }

    [SctpFact]
    public async Task A_closed_socket_refuses_everything_with_EEBADF()
    {
        var (server, client) = (Open(), Open());
        var (at, _) = await Join(client, server);
        var socket = client.Socket;
        var place = client.Place;
        var waiting = socket.WaitReadableAsync().AsTask();
        socket.Dispose();
        socket.Dispose();
        Assert.Equal(ResultCode.EEBADF, (await waiting.Soon()).Code);
        Assert.Equal(ResultCode.EEBADF, (await socket.WaitReadableAsync().Soon()).Code);
        Assert.Equal(ResultCode.EEBADF, (await socket.WaitWritableAsync().Soon()).Code);
        Assert.Equal(ResultCode.EEBADF, socket.TryReceive(new byte[8]).Code);
        Assert.Equal(ResultCode.EEBADF, client.TrySend("x", On(at)));
        Assert.Equal(ResultCode.EEBADF, socket.PeelOff(at, SctpPeelFlags.None).Code);
        Assert.Equal(ResultCode.EEBADF, socket.Connect(server.Socket.LocalEndPoints).Code);
        Assert.Equal(ResultCode.EEBADF, socket.Listen(1).Code);
        Assert.Equal(ResultCode.EEBADF, socket.Bind([place], SctpBinding.Add).Code);
        Assert.Equal(ResultCode.EEBADF, socket.GetStatus(at).Code);
        Assert.Equal(ResultCode.EEBADF, socket.GetPeerAddresses(at).Code);
        Assert.Equal(ResultCode.EEBADF, socket.GetLocalAddresses(default).Code);
        Assert.Equal(ResultCode.EEBADF, socket.GetOption(default, SctpOptionKind.NoDelay).Code);
        Assert.Equal(ResultCode.EEBADF, socket.SetOption(default, new(SctpOptionKind.NoDelay, 1)).Code);
        Assert.Equal(place, socket.LocalEndPoints[0]);
    }

    [SctpFact]
    public async Task A_wait_is_stopped_and_loses_nothing()
    {
        var (server, client) = (Open(), Open());
        var (at, _) = await Join(client, server);
        var waiting = server.Socket.WaitReadableAsync().AsTask();
        server.Socket.StopWaiting();
        server.Socket.StopWaiting();
        Assert.Equal(ResultCode.EEINTR, (await waiting.Soon()).Code);
        await client.Send("x", On(at));
        var buffer = new byte[8];
        SctpReceived received = default;
        await Patience.Until(() => (received = server.Socket.TryReceive(buffer)).IsSuccess);
        Assert.Equal(1, received.Bytes);
        Assert.Equal(ResultCode.EEINTR, (await server.Socket.WaitReadableAsync().Soon()).Code);
    }

    [SctpFact]
    public async Task Options_are_read_as_they_were_set_and_refused_by_code()
    {
        var (server, client) = (Open(), Open());
        var (at, _) = await Join(client, server);
        var socket = client.Socket;
        SctpOption[] settable =
        [
            new(SctpOptionKind.NoDelay, 1), new(SctpOptionKind.DisableFragments, 1),
            new(SctpOptionKind.FragmentInterleave, 1), new(SctpOptionKind.AutoClose, 30),
            new(SctpOptionKind.InitialRetransmissionTime, 2000), new(SctpOptionKind.MaxRetransmissions, 7),
            new(SctpOptionKind.OutboundStreams, 20), new(SctpOptionKind.MaxInboundStreams, 30),
            new(SctpOptionKind.MaxInitAttempts, 3), new(SctpOptionKind.Context, 77),
            new(SctpOptionKind.MinRetransmissionTime, 500), new(SctpOptionKind.MaxRetransmissionTime, 50_000),
            new(SctpOptionKind.MaxPathRetransmissions, 4), new(SctpOptionKind.HeartbeatInterval, 5000),
            new(SctpOptionKind.MaxInitTimeout, 3000), new(SctpOptionKind.MaxSegment, 1200),
            new(SctpOptionKind.PartialDeliveryPoint, 10_000), new(SctpOptionKind.Adaptation, 9),
            new(SctpOptionKind.MaxBurst, 6), new(SctpOptionKind.DelayedAcknowledgement, 300),
        ];
        foreach (var option in settable)
        {
            Assert.Equal(ResultCode.EESUCCESS, socket.SetOption(default, option).Code);
            Assert.Equal(SctpOr<int>.Of(option.Value), socket.GetOption(default, option.Kind));
        }

        var ofOne = new SctpOption(SctpOptionKind.MaxRetransmissions, 4);
        Assert.Equal(ResultCode.EESUCCESS, socket.SetOption(at, ofOne).Code);
        Assert.Equal(SctpOr<int>.Of(4), socket.GetOption(at, ofOne.Kind));
        Assert.Equal(SctpOr<int>.Of(7), socket.GetOption(default, ofOne.Kind));
        var unknown = new SctpAssociationId(1_000_003);
        Assert.Equal(ResultCode.EEINVAL, socket.SetOption(unknown, ofOne).Code);
        Assert.Equal(ResultCode.EEINVAL, socket.GetOption(unknown, ofOne.Kind).Code);
        Assert.Equal(ResultCode.EEINVAL, socket.SetOption(default, new(SctpOptionKind.FragmentInterleave, 9)).Code);
    }

    [SctpFact]
    public void Addresses_are_added_and_removed_as_long_as_one_is_left()
    {
        var socket = Open().Socket;
        var first = socket.LocalEndPoints[0];
        if (Kind.SecondAddress is not { } another)
        {
            var nobodys = new IPEndPoint(IPAddress.Parse("192.0.2.77"), 0); // RFC 5737
            Assert.Equal(ResultCode.EEBIND, socket.Bind([nobodys], SctpBinding.Add).Code);
            return;
        }

        var second = new IPEndPoint(another, first.Port);
        Assert.Equal(ResultCode.EEBADADDR, socket.Bind([new(second.Address, first.Port + 1)], SctpBinding.Add).Code);
        Assert.Equal(ResultCode.EESUCCESS, socket.Bind([new(second.Address, 0)], SctpBinding.Add).Code);
        Assert.Equal([first, second], socket.LocalEndPoints);
        Assert.Equal(ResultCode.EESUCCESS, socket.Bind([first], SctpBinding.Remove).Code);
        Assert.Equal([second], socket.LocalEndPoints);
        Assert.Equal(ResultCode.EEBADADDR, socket.Bind([first], SctpBinding.Remove).Code);
        Assert.Equal(ResultCode.EEINVAL, socket.Bind([second], SctpBinding.Remove).Code);
    }

    [SctpFact]
    public async Task Addresses_and_status_are_those_of_the_association()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        Assert.Equal(server.Place, Assert.Single(client.Socket.GetPeerAddresses(at).Value!));
        Assert.Contains(client.Place, client.Socket.GetLocalAddresses(at).Value!);
        Assert.Equal(client.Place, Assert.Single(client.Socket.GetLocalAddresses(default).Value!));
        Assert.Equal(ResultCode.EEINVAL, client.Socket.GetPeerAddresses(default).Code);
        Assert.Equal(ResultCode.EEINVAL, client.Socket.GetStatus(new SctpAssociationId(1_000_003)).Code);
        var status = server.Socket.GetStatus(there).Value!;
        Assert.Equal((there, SctpState.Established, client.Place),
            (status.Association, status.State, status.Primary));
        Assert.True(status.OutboundStreams > 0 && status.InboundStreams > 0 && status.PeerWindow > 0);
        Assert.Equal((SctpStyle.OneToMany, default, null),
            (client.Socket.Style, client.Socket.Association, client.Socket.RemoteEndPoint));
    }
}
