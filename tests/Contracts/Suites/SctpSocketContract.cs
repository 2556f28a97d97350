using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class SctpSocketContract : SctpSuite
{
    private protected SctpSocketContract(SctpKind kind, ITestOutputHelper output)
        : base(kind, output)
    {
    }

    [SctpFact]
    public async Task An_association_is_told_when_it_is_up_and_when_it_was_shut_down()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        await client.Send("hello", On(at));
        Assert.Equal("hello", await server.Reads());
        await server.Send("and you", On(there));
        Assert.Equal("and you", await client.Reads());
        Assert.Equal(ResultCode.EESUCCESS, client.End(at));
        Assert.Equal(there, (await server.Hears<SctpShutdownComplete>()).Association);
        Assert.Equal(at, (await client.Hears<SctpShutdownComplete>()).Association);
        Assert.Equal(ResultCode.EENOTCONN, client.TrySend("late", On(at)));
        Assert.Equal(ResultCode.EENOTCONN, server.TrySend("late", On(there)));
    }

    [SctpFact]
    public async Task The_first_that_is_told_of_an_association_is_that_it_is_up_whatever_is_wanted()
    {
        var (server, client) = (Open(SctpEventKinds.All), Open(SctpEventKinds.All));
        await Join(client, server);
        var other = Open(SctpEventKinds.All);
        await other.Send("x", default, server.Place);
        await other.Hears<SctpUp>();
    }

    [SctpFact]
    public async Task A_send_to_an_address_begins_an_association_and_later_ones_use_it()
    {
        var (server, client) = (Open(), Open());
        for (var i = 0; i < 5; i++) await client.Send($"{i}", new SctpSendInfo { Stream = 1 }, server.Place);
        var there = (await server.Hears<SctpUp>()).Association;
        for (var i = 0; i < 5; i++)
        {
            var (info, bytes) = await server.Receives();
            Assert.Equal((there, (ushort)1), (info.Association, info.Stream));
            Assert.Equal(Bytes($"{i}"), bytes);
        }

        var at = (await client.Hears<SctpUp>()).Association;
        await client.Send("by id", On(at));
        Assert.Equal("by id", await server.Reads());
    }

    [SctpFact]
    public async Task An_id_says_more_than_an_address()
    {
        var (one, other, client) = (Open(), Open(), Open());
        var (atOne, _) = await Join(client, one);
        await Join(client, other);
        var stranger = Open();
        await client.Send("by id", On(atOne), other.Place);
        await client.Send("by id again", On(atOne), stranger.Place);
        Assert.Equal("by id", await one.Reads());
        Assert.Equal("by id again", await one.Reads());
        Assert.Equal(ResultCode.EEWOULDBLOCK, other.Socket.TryReceive(new byte[20]).Code);
        Assert.Equal(ResultCode.EEWOULDBLOCK, stranger.Socket.TryReceive(new byte[20]).Code);
    }

    [SctpFact]
    public async Task A_message_brings_its_stream_number_protocol_and_order()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        const uint Protocol = 0x01020304;
        for (var i = 0; i < 3; i++) await client.Send("x", On(at, 3) with { PayloadProtocol = Protocol });
        await client.Send("y", On(at, 4) with { Flags = SctpSendFlags.Unordered });
        var seen = new List<SctpReceiveInfo>();
        for (var i = 0; i < 4; i++) seen.Add((await server.Receives()).Info);
        var ordered = seen.Where(info => !info.IsUnordered).ToList();
        Assert.Equal([0, 1, 2], ordered.Select(info => (int)info.StreamSequence));
        Assert.All(ordered, info => Assert.Equal((there, (ushort)3, Protocol),
            (info.Association, info.Stream, info.PayloadProtocol)));
        var unordered = Assert.Single(seen, info => info.IsUnordered);
        Assert.Equal((4, 0U), (unordered.Stream, unordered.PayloadProtocol));
    }

    [SctpFact]
    public async Task The_order_of_each_stream_is_kept()
    {
        const int Streams = 8;
        const int Each = 50;
        var random = Seeded();
        var (server, client) = (Open(), Open());
        var (at, _) = await Join(client, server);
        var sent = new int[Streams];
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Streams * Each; i++)
            {
                var stream = random.Next(Streams);
                await client.Send($"{sent[stream]++}", On(at, (ushort)stream));
            }
        });
        var received = new int[Streams];
        for (var i = 0; i < Streams * Each; i++)
        {
            var (info, bytes) = await server.Receives();
            Assert.Equal(Bytes($"{received[info.Stream]++}"), bytes);
        }

        await sending.Soon();
        Assert.Equal(sent, received);
    }

    [SctpFact]
    public async Task A_message_that_is_longer_than_the_buffer_comes_in_pieces()
    {
        var server = Open();
        var (client, small) = (Open(), new SctpParty(server.Socket, 1000));
        var (at, _) = await Join(client, server);
        var message = new byte[Kind.Large];
        Seeded().NextBytes(message);
        await client.Send(message, On(at));
        await client.Send("behind", On(at));
        Assert.Equal(message, (await small.Receives()).Bytes);
        Assert.Equal("behind", await small.Reads());
    }

    [SctpFact]
    public async Task A_sender_without_room_waits_and_nothing_is_lost()
    {
        var (server, client) = (Open(), Open());
        var (at, _) = await Join(client, server);
        var message = new byte[4000];
        var accepted = 0;
        var result = client.Socket.TrySend(message, On(at));
        for (; result.IsSuccess && accepted < 100_000; result = client.Socket.TrySend(message, On(at))) accepted++;
        Assert.Equal(ResultCode.EEWOULDBLOCK, result.Code);
        var more = client.Send("at last", On(at));
        for (var i = 0; i < accepted; i++) Assert.Equal(message.Length, (await server.Receives()).Bytes.Length);
        await more.Soon();
        Assert.Equal("at last", await server.Reads());
    }

    [SctpFact]
    public async Task Where_nobody_listens_it_cannot_start()
    {
        var client = Open();
        var begun = client.Socket.Connect([Kind.Nobody]);
        Assert.Equal(ResultCode.EESUCCESS, begun.Code);
        var failed = await client.Hears<SctpCannotStart>();
        Assert.Equal((begun.Value, ResultCode.EECONNREFUSED), (failed.Association, failed.Code));
        Assert.Equal(ResultCode.EENOTCONN, client.TrySend("x", On(begun.Value)));
    }

    [SctpFact]
    public async Task An_abort_is_told_to_both_sides()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        Assert.Equal(ResultCode.EESUCCESS, client.End(at, SctpSendFlags.Abort));
        var told = await server.Hears<SctpLost>();
        Assert.Equal((there, ResultCode.EERESET), (told.Association, told.Code));
        var own = await client.Hears<SctpLost>();
        Assert.Equal((at, ResultCode.EEABORTED), (own.Association, own.Code));
    }

    [SctpFact]
    public async Task A_close_ends_each_association_after_what_was_sent()
    {
        var (server, client) = (Open(), Open());
        await Join(client, server);
        for (var i = 0; i < 20; i++) await client.Send($"{i}", default, server.Place);
        client.Socket.Dispose();
        for (var i = 0; i < 20; i++) Assert.Equal($"{i}", await server.Reads());
        await server.Hears<SctpShutdownComplete>();
    }

    [SctpFact]
    public async Task A_close_with_messages_unread_aborts()
    {
        var (server, client) = (Open(), Open());
        var (_, there) = await Join(client, server);
        await server.Send("never read", On(there));
        Assert.Equal(ResultCode.EESUCCESS, (await client.Socket.WaitReadableAsync().Soon()).Code);
        client.Socket.Dispose();
        Assert.Equal(ResultCode.EERESET, (await server.Hears<SctpLost>()).Code);
    }

    [SctpFact]
    public async Task Events_are_told_to_who_wants_them()
    {
        var (server, client) = (Open(SctpEventKinds.PeerShutdown), Open(SctpEventKinds.SenderDry));
        var (at, _) = await Join(client, server);
        Assert.Equal(SctpEventKinds.PeerShutdown, server.Socket.Events);
        await client.Send("x", On(at));
        Assert.Equal("x", await server.Reads());
        Assert.Equal(at, (await client.Hears<SctpSenderDry>()).Association);
        client.Socket.Events = SctpEventKinds.None;
        client.End(at);
        await server.Hears<SctpPeerShutdown>();
        await server.Hears<SctpShutdownComplete>();
        await client.Hears<SctpShutdownComplete>();
    }
}
