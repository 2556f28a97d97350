using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class SctpPeelContract : SctpSuite
{
    private protected SctpPeelContract(SctpKind kind, ITestOutputHelper output)
        : base(kind, output)
    {
    }

    [SctpFact]
    public async Task What_nobody_received_moves_in_order_and_what_others_brought_stays()
    {
        var (server, one, other) = (Open(), Open(), Open());
        var (atOne, thereOne) = await Join(one, server);
        var (atOther, thereOther) = await Join(other, server);
        for (var i = 0; i < 10; i++)
        {
            await one.Send($"one {i}", On(atOne));
            await other.Send($"other {i}", On(atOther));
        }

        await AllArrived(one);
        await AllArrived(other);
        var peeled = Peel(server, thereOne);
        Assert.Equal((SctpStyle.PeeledOff, thereOne, one.Place),
            (peeled.Socket.Style, peeled.Socket.Association, peeled.Socket.RemoteEndPoint));
        for (var i = 0; i < 10; i++) Assert.Equal($"one {i}", await peeled.Reads());
        for (var i = 0; i < 10; i++) Assert.Equal($"other {i}", await server.Reads());
        await one.Send("after", On(atOne));
        await other.Send("after", On(atOther));
        Assert.Equal("after", await peeled.Reads());
        Assert.Equal("after", await server.Reads());
        await peeled.Send("back");
        Assert.Equal("back", await one.Reads());
    }

    [SctpFact]
    public async Task A_peel_that_means_nothing_is_refused_with_EEINVAL()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        Assert.Equal(ResultCode.EEINVAL, server.Socket.PeelOff(default, SctpPeelFlags.None).Code);
        var unknown = new SctpAssociationId(1_000_003);
        Assert.Equal(ResultCode.EEINVAL, server.Socket.PeelOff(unknown, SctpPeelFlags.None).Code);
        Assert.Equal(ResultCode.EEINVAL, server.Socket.PeelOff(there, (SctpPeelFlags)1).Code);
        Assert.Equal(ResultCode.EEINVAL,
            server.Socket.PeelOff(there, SctpPeelFlags.NonBlocking | (SctpPeelFlags)0x100).Code);
        const SctpPeelFlags All = SctpPeelFlags.NonBlocking | SctpPeelFlags.CloseOnExec;
        var (socket, code) = server.Socket.PeelOff(there, All);
        Assert.Equal(ResultCode.EESUCCESS, code);
        var peeled = Of(socket!);
        Assert.Equal(ResultCode.EEINVAL, server.Socket.PeelOff(there, SctpPeelFlags.None).Code);
        Assert.Equal(ResultCode.EEINVAL, peeled.Socket.PeelOff(there, SctpPeelFlags.None).Code);
        client.End(at);
        await peeled.Hears<SctpShutdownComplete>();
        await client.Hears<SctpShutdownComplete>();
        Assert.Equal(ResultCode.EEINVAL, client.Socket.PeelOff(at, SctpPeelFlags.None).Code);
    }

    [SctpFact]
    public async Task The_old_socket_reaches_it_no_more()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        var peeled = Peel(server, there);
        Assert.Equal(ResultCode.EENOTCONN, server.TrySend("by id", On(there)));
        Assert.Equal(ResultCode.EENOTCONN, server.End(there));
        Assert.Equal(ResultCode.EENOTCONN, server.End(there, SctpSendFlags.Abort));
        Assert.Equal(ResultCode.EEADDRINUSE, server.TrySend("by address", default, client.Place));
        Assert.Equal(ResultCode.EEISCONN, server.Socket.Connect([client.Place]).Code);
        Assert.Equal(ResultCode.EEINVAL, server.Socket.GetStatus(there).Code);
        Assert.Equal(ResultCode.EEINVAL, server.Socket.GetPeerAddresses(there).Code);
        await peeled.Send("the first that comes");
        Assert.Equal("the first that comes", await client.Reads());
        await client.Send("and back", On(at));
        Assert.Equal("and back", await peeled.Reads());
    }

    [SctpFact]
    public async Task A_peeled_socket_has_one_peer_and_is_nothing_else()
    {
        var (server, one, other) = (Open(), Open(), Open());
        var (_, thereOne) = await Join(one, server);
        await Join(other, server);
        var peeled = Peel(server, thereOne);
        await peeled.Send("for one", default, other.Place);
        await peeled.Send("for one again", On(new SctpAssociationId(1_000_003)));
        Assert.Equal("for one", await one.Reads());
        Assert.Equal("for one again", await one.Reads());
        Assert.Equal(ResultCode.EEINVAL, peeled.Socket.Listen(1).Code);
        Assert.Equal(ResultCode.EEINVAL, peeled.Socket.Bind([new(Kind.Address, 0)], SctpBinding.Add).Code);
        Assert.Equal(ResultCode.EEISCONN, peeled.Socket.Connect([other.Place]).Code);
        Assert.Equal(one.Place, Assert.Single(peeled.Socket.GetPeerAddresses(default).Value!));
        Assert.Equal(server.Place, Assert.Single(peeled.Socket.GetLocalAddresses(default).Value!));
        Assert.Equal(SctpState.Established, peeled.Socket.GetStatus(default).Value!.State);
    }

    [SctpFact]
    public async Task Closing_the_old_socket_leaves_it_alive_and_closing_it_leaves_the_others()
    {
        var (server, one, other, third) = (Open(), Open(), Open(), Open());
        var (atOne, thereOne) = await Join(one, server);
        var (atOther, thereOther) = await Join(other, server);
        var (atThird, _) = await Join(third, server);
        var (first, second) = (Peel(server, thereOne), Peel(server, thereOther));
        first.Socket.Dispose();
        Assert.Equal(atOne, (await one.Hears<SctpShutdownComplete>()).Association);
        await third.Send("still here", On(atThird));
        Assert.Equal("still here", await server.Reads());
        server.Socket.Dispose();
        Assert.Equal(atThird, (await third.Hears<SctpShutdownComplete>()).Association);
        await other.Send("alive", On(atOther));
        Assert.Equal("alive", await second.Reads());
        await second.Send("and well");
        Assert.Equal("and well", await other.Reads());
        Assert.Equal(ResultCode.EEADDRINUSE, Kind.Backend.Open([server.Place], Kind.Options).Code);
    }

    [SctpFact]
    public async Task After_its_last_event_there_is_nothing_more()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        var peeled = Peel(server, there);
        await client.Send("last words", On(at));
        client.End(at);
        Assert.Equal("last words", await peeled.Reads());
        Assert.Equal(there, (await peeled.Hears<SctpShutdownComplete>()).Association);
        Assert.Equal(ResultCode.EENOTCONN, (await peeled.Next()).What.Code);
        Assert.Equal(ResultCode.EENOTCONN, (await peeled.Next()).What.Code);
        Assert.Equal(ResultCode.EESUCCESS, (await peeled.Socket.WaitReadableAsync().Soon()).Code);
        Assert.Equal(ResultCode.EENOTCONN, (await peeled.Socket.WaitWritableAsync().Soon()).Code);
        Assert.Equal(ResultCode.EENOTCONN, peeled.TrySend("x"));
        Assert.Equal(ResultCode.EENOTCONN, peeled.Socket.GetStatus(default).Code);
    }

    [SctpFact]
    public async Task A_peeled_socket_ends_its_association_by_a_flag()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        var peeled = Peel(server, there);
        await peeled.Send("last words");
        Assert.Equal(ResultCode.EESUCCESS, peeled.End(default));
        Assert.Equal("last words", await client.Reads());
        Assert.Equal(at, (await client.Hears<SctpShutdownComplete>()).Association);
        Assert.Equal(there, (await peeled.Hears<SctpShutdownComplete>()).Association);
    }

    [SctpFact]
    public async Task Events_and_options_move_with_it()
    {
        var server = Open(SctpEventKinds.PeerShutdown, new SctpOption(SctpOptionKind.NoDelay, 1));
        var client = Open();
        var (at, there) = await Join(client, server);
        var peeled = Peel(server, there);
        Assert.Equal(SctpEventKinds.PeerShutdown, peeled.Socket.Events);
        Assert.Equal(SctpOr<int>.Of(1), peeled.Socket.GetOption(default, SctpOptionKind.NoDelay));
        server.Socket.Events = SctpEventKinds.None;
        client.End(at);
        Assert.Equal(there, (await peeled.Hears<SctpPeerShutdown>()).Association);
        await peeled.Hears<SctpShutdownComplete>();
    }

    [SctpFact]
    public async Task A_sender_that_waits_for_room_is_told_and_does_not_follow()
    {
        var (server, client) = (Open(), Open());
        var (_, there) = await Join(client, server);
        var message = new byte[4000];
        var accepted = 0;
        while (!await Patience.Never(() => server.Socket.TrySend(message, On(there)).IsSuccess)) accepted++;
        var waiting = server.Socket.WaitWritableAsync().AsTask();
        var peeled = Peel(server, there);
        Assert.Equal(ResultCode.EESUCCESS, (await waiting.Soon()).Code);
        Assert.Equal(ResultCode.EENOTCONN, server.Socket.TrySend(message, On(there)).Code);
        for (var i = 0; i < accepted; i++) Assert.Equal(message.Length, (await client.Receives()).Bytes.Length);
        await peeled.Send("next");
        Assert.Equal("next", await client.Reads());
    }

    [SctpFact]
    public async Task A_reader_of_the_old_socket_goes_on_waiting()
    {
        var (server, one, other) = (Open(), Open(), Open());
        var (atOne, thereOne) = await Join(one, server);
        var (atOther, _) = await Join(other, server);
        var waiting = server.Socket.WaitReadableAsync().AsTask();
        var peeled = Peel(server, thereOne);
        await one.Send("to the peeled one", On(atOne));
        Assert.Equal("to the peeled one", await peeled.Reads());
        Assert.True(await waiting.IsStuck());
        await other.Send("to the old one", On(atOther));
        Assert.Equal(ResultCode.EESUCCESS, (await waiting.Soon()).Code);
        Assert.Equal("to the old one", await server.Reads());
    }

    [SctpFact]
    public async Task The_rest_of_a_message_that_was_received_in_part_moves()
    {
        var server = Open();
        var (one, other, small) = (Open(), Open(), new SctpParty(server.Socket, 1000));
        var (atOne, thereOne) = await Join(one, server);
        var (atOther, _) = await Join(other, server);
        var message = new byte[10_000];
        Seeded().NextBytes(message);
        await one.Send(message, On(atOne));
        await one.Send("behind", On(atOne));
        var (first, bytes) = await small.Next();
        Assert.Equal((thereOne, false), (first.Info.Association, first.IsEndOfMessage));
        var peeled = Peel(server, thereOne);
        byte[] whole = [.. bytes, .. (await peeled.Receives()).Bytes];
        Assert.Equal(message, whole);
        Assert.Equal("behind", await peeled.Reads());
        await other.Send("not held up", On(atOther));
        Assert.Equal("not held up", await server.Reads());
    }

    [SctpFact]
    public async Task It_may_be_peeled_off_before_it_is_up()
    {
        var (server, client) = (Open(), Open());
        var begun = client.Socket.Connect(server.Socket.LocalEndPoints);
        var peeled = Peel(client, begun.Value);
        Assert.Equal(begun.Value, (await peeled.Hears<SctpUp>()).Association);
        var there = (await server.Hears<SctpUp>()).Association;
        await peeled.Send("hello");
        Assert.Equal("hello", await server.Reads());
        await server.Send("hello", On(there));
        Assert.Equal("hello", await peeled.Reads());
        Assert.Equal(ResultCode.EEWOULDBLOCK, client.Socket.TryReceive(new byte[10]).Code);
    }

    // All that it sent is in its peer's socket.
    private static Task<SctpSenderDry> AllArrived(SctpParty party)
    {
        party.Socket.Events = SctpEventKinds.SenderDry;
        return party.Hears<SctpSenderDry>();
    }
}
