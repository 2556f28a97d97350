using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

/// <summary>What lksctp's test_sockopt tries, as far as there are options for it here.</summary>
[NeedsKernelSctp]
public sealed class OptionScenariosOverKernel(ITestOutputHelper output) : SctpSuite(new KernelSctpKind(), output)
{
    private static readonly SctpOption[] OfSockets =
    [
        new(SctpOptionKind.NoDelay, 1), new(SctpOptionKind.AutoClose, 9), new(SctpOptionKind.DisableFragments, 1),
        new(SctpOptionKind.FragmentInterleave, 1), new(SctpOptionKind.PartialDeliveryPoint, 4000),
        new(SctpOptionKind.OutboundStreams, 65_535), new(SctpOptionKind.MaxInboundStreams, 1),
        new(SctpOptionKind.MaxInitAttempts, 2), new(SctpOptionKind.MaxInitTimeout, 500),
        new(SctpOptionKind.Adaptation, unchecked((int)0xFEDCBA98)),
    ];

    // Heartbeats are in ticks of the kernel, of which 100, 250, 300 and 1000 a second are usual.
    private static readonly SctpOption[] OfBoth =
    [
        new(SctpOptionKind.MaxSegment, 900), new(SctpOptionKind.MaxRetransmissionTime, 5000),
        new(SctpOptionKind.InitialRetransmissionTime, 700), new(SctpOptionKind.MinRetransmissionTime, 600),
        new(SctpOptionKind.MaxRetransmissions, 4), new(SctpOptionKind.MaxPathRetransmissions, 3),
        new(SctpOptionKind.HeartbeatInterval, 1200), new(SctpOptionKind.HeartbeatInterval, 0),
        new(SctpOptionKind.Context, -1), new(SctpOptionKind.MaxBurst, 7),
        new(SctpOptionKind.DelayedAcknowledgement, 300), new(SctpOptionKind.EncapsulationPort, 9899),
    ];

    [SctpFact]
    public void A_new_socket_has_what_RFC_9260_gives()
    {
        var socket = Open().Socket;
        (SctpOptionKind Kind, int Value)[] begins =
        [
            (SctpOptionKind.NoDelay, 0), (SctpOptionKind.AutoClose, 0), (SctpOptionKind.MaxSegment, 0),
            (SctpOptionKind.InitialRetransmissionTime, 3000), (SctpOptionKind.MinRetransmissionTime, 1000),
            (SctpOptionKind.MaxRetransmissionTime, 60_000), (SctpOptionKind.MaxRetransmissions, 10),
            (SctpOptionKind.MaxPathRetransmissions, 5), (SctpOptionKind.HeartbeatInterval, 30_000),
            (SctpOptionKind.MaxInitAttempts, 8), (SctpOptionKind.DelayedAcknowledgement, 200),
        ];
        Assert.All(begins, one => Assert.Equal(SctpOr<int>.Of(one.Value), socket.GetOption(default, one.Kind)));
    }

    [SctpFact]
    public async Task Each_option_is_read_as_it_was_set_of_a_socket_and_of_an_association()
    {
        var (server, client) = (Open(), Open());
        var (at, _) = await Join(client, server);
        var kinds = OfSockets.Concat(OfBoth).Select(one => one.Kind).ToHashSet();
        Assert.True(kinds.SetEquals(Enum.GetValues<SctpOptionKind>()));
        foreach (var option in OfSockets.Concat(OfBoth)) SetAndRead(client.Socket, default, option);
        foreach (var option in OfBoth) SetAndRead(client.Socket, at, option);
        Assert.All(OfSockets, option => Assert.Equal(
            ResultCode.EEMODENOTSUPP, client.Socket.SetOption(at, option).Code));
        var peeled = Peel(client, at);
        foreach (var option in OfBoth) SetAndRead(peeled.Socket, default, option);
        Assert.Equal(ResultCode.EEMODENOTSUPP, peeled.Socket.SetOption(default, OfSockets[1]).Code);
    }

    [SctpFact]
    public void A_value_that_cannot_be_is_refused_and_changes_nothing()
    {
        var socket = Open().Socket;
        SctpOption[] refused =
        [
            new(SctpOptionKind.NoDelay, 2), new(SctpOptionKind.NoDelay, -1), new(SctpOptionKind.AutoClose, -1),
            new(SctpOptionKind.OutboundStreams, 0), new(SctpOptionKind.OutboundStreams, 65_536),
            new(SctpOptionKind.MinRetransmissionTime, 60_001), new(SctpOptionKind.InitialRetransmissionTime, 0),
            new(SctpOptionKind.MaxRetransmissions, 0), new(SctpOptionKind.DelayedAcknowledgement, 501),
            new(SctpOptionKind.MaxSegment, 1), new(SctpOptionKind.EncapsulationPort, 65_536),
            new(SctpOptionKind.FragmentInterleave, 3),
        ];
        Assert.All(refused, option =>
        {
            var before = socket.GetOption(default, option.Kind);
            Assert.Equal(ResultCode.EEINVAL, socket.SetOption(default, option).Code);
            Assert.Equal(before, socket.GetOption(default, option.Kind));
        });
        Assert.Equal(
            ResultCode.EEMODENOTSUPP, socket.SetOption(default, new(SctpOptionKind.FragmentInterleave, 2)).Code);
        Assert.All([1, 2, 3], number => Assert.Equal(
            ResultCode.EEINVAL, socket.GetOption(new(number), SctpOptionKind.MaxBurst).Code));
    }

    [SctpFact]
    public void Options_of_every_socket_and_by_number_are_there_too()
    {
        var socket = Open().Socket;
        Assert.True(socket.SetOption(new SocketOption(SocketOptionKind.ReceiveBuffer, 100_000)).IsSuccess);
        Assert.True(socket.GetOption(SocketOptionKind.ReceiveBuffer).Option!.Value >= 100_000);
        Assert.True(socket.SetRawOption(132, 3, BitConverter.GetBytes(1)).IsSuccess);
        Assert.Equal(SctpOr<int>.Of(1), socket.GetOption(default, SctpOptionKind.NoDelay));
        Assert.Equal(1, BitConverter.ToInt32(socket.GetRawOption(132, 3, 4).Value.Span));
    }

    [SctpFact]
    public async Task Streams_and_adaptation_are_told_to_the_peer()
    {
        var options = With(
            SctpEventKinds.None, new SctpOption(SctpOptionKind.OutboundStreams, 3),
            new SctpOption(SctpOptionKind.MaxInboundStreams, 2), new SctpOption(SctpOptionKind.Adaptation, 77));
        var client = Of(Kind.Backend.Open([new IPEndPoint(Kind.Address, 0)], options).Socket!);
        var server = Open(SctpEventKinds.Adaptation);
        await client.Send("x", default, server.Place);
        var up = await server.Hears<SctpUp>();
        Assert.Equal((2, 3), (up.OutboundStreams, up.InboundStreams));
        Assert.Equal(77U, (await server.Hears<SctpAdaptation>()).Indication);
        Assert.Equal("x", await server.Reads());
        var own = await client.Hears<SctpUp>();
        Assert.Equal((3, 2), (own.OutboundStreams, own.InboundStreams));
        Assert.Equal(ResultCode.EEINVAL, client.TrySend("x", On(own.Association, stream: 3)));
    }

    [SctpFact]
    public async Task An_idle_association_closes_itself_where_that_was_asked_for()
    {
        var (server, client) = (Open(), Open(SctpEventKinds.None, new SctpOption(SctpOptionKind.AutoClose, 1)));
        var (at, there) = await Join(client, server);
        Assert.Equal(at, (await client.Hears<SctpShutdownComplete>()).Association);
        Assert.Equal(there, (await server.Hears<SctpShutdownComplete>()).Association);
    }

    private static void SetAndRead(ISctpSocket socket, SctpAssociationId association, SctpOption option)
    {
        var set = socket.SetOption(association, option);
        Assert.True(set.IsSuccess, set.ToString());
        Assert.Equal((option.Kind, option.Value), (option.Kind, socket.GetOption(association, option.Kind).Value));
    }
}
