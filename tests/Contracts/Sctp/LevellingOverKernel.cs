using System.Net;
using System.Text;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Kernel;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

/// <summary>Where the kernel's manners differ from what every back end owes.</summary>
[NeedsKernelSctp]
public sealed class LevellingOverKernel(ITestOutputHelper output) : SctpSuite(new KernelSctpKind(), output)
{
    [SctpFact]
    public async Task A_close_aborts_who_has_something_unread_and_ends_the_others_gracefully()
    {
        var (server, unread, other) = (Open(), Open(), Open());
        await Join(unread, server);
        await Join(other, server);
        await unread.Send("never read", default, server.Place);
        Assert.Equal(ResultCode.EESUCCESS, (await server.Socket.WaitReadableAsync().Soon()).Code);
        server.Socket.Dispose();
        Assert.Equal(ResultCode.EERESET, (await unread.Hears<SctpLost>()).Code);
        await other.Hears<SctpShutdownComplete>();
    }

    [SctpFact]
    public async Task The_ids_by_which_the_kernel_means_all_associations_mean_none()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        for (var id = 1; id < 3; id++)
        {
            var several = new SctpAssociationId(id);
            Assert.Equal(ResultCode.EENOTCONN, client.TrySend("to all", On(several)));
            Assert.Equal(ResultCode.EENOTCONN, client.End(several, SctpSendFlags.Abort));
            Assert.Equal(ResultCode.EEINVAL, client.Socket.PeelOff(several, SctpPeelFlags.None).Code);
            Assert.Equal(ResultCode.EEINVAL, client.Socket.GetStatus(several).Code);
            Assert.Equal(ResultCode.EEINVAL, client.Socket.GetPeerAddresses(several).Code);
            Assert.Equal(ResultCode.EEINVAL, client.Socket.SetOption(several, new(SctpOptionKind.MaxBurst, 9)).Code);
        }

        await client.Send("to one", On(at));
        var (info, bytes) = await server.Receives();
        Assert.Equal((there, "to one"), (info.Association, Encoding.ASCII.GetString(bytes)));
    }

    [SctpFact]
    public async Task An_event_that_does_not_fit_into_the_buffer_is_told_whole()
    {
        var server = Open(SctpEventKinds.All);
        var (client, small) = (Open(), new SctpParty(server.Socket, 1));
        Assert.Equal(ResultCode.EESUCCESS, client.Socket.Connect([server.Place]).Code);
        var there = (await small.Hears<SctpUp>()).Association;
        var at = (await client.Hears<SctpUp>()).Association;
        client.End(at);
        SctpEvent last;
        do last = await Told(small);
        while (last is not SctpShutdownComplete);
        Assert.Equal(there, last.Association);
    }

    [SctpFact]
    public async Task A_one_to_one_association_is_ended_by_a_flag()
    {
        var (client, server) = await OneToOne();
        await client.Send("last words");
        Assert.Equal(ResultCode.EESUCCESS, client.End(default));
        Assert.Equal("last words", await server.Reads());
        await server.Hears<SctpShutdownComplete>();
        await client.Hears<SctpShutdownComplete>();
        Assert.Equal(ResultCode.EENOTCONN, (await client.Next()).What.Code);
        Assert.Equal(ResultCode.EENOTCONN, client.End(default));
    }

    [SctpFact]
    public async Task Both_sides_of_a_one_to_one_association_may_end_it_at_once()
    {
        for (var i = 0; i < 20; i++)
        {
            var (client, server) = await OneToOne();
            await Task.WhenAll(Task.Run(() => client.End(default)), Task.Run(() => server.End(default))).Soon();
            await client.Hears<SctpShutdownComplete>();
            await server.Hears<SctpShutdownComplete>();
        }
    }

    [SctpFact]
    public async Task A_peer_that_sends_no_more_is_waited_for_while_there_is_something_to_send_to_it()
    {
        var (client, server) = await OneToOne();
        var message = new byte[4000];
        var accepted = 0;
        while (!await Patience.Never(() => server.Socket.TrySend(message, default).IsSuccess)) accepted++;
        Assert.Equal(ResultCode.EESUCCESS, client.End(default));
        await Patience.Until(() => server.Socket.GetStatus(default).Value!.State is SctpState.ShutdownReceived);

        // The system tells once more of what it had told of, to who begins to watch.
        const int MostWakes = 4;
        Task<IoResult> waiting;
        var wakes = 0;
        do
        {
            Assert.Equal(ResultCode.EEWOULDBLOCK, server.Socket.TryReceive(new byte[10]).Code);
            waiting = server.Socket.WaitReadableAsync().AsTask();
        }
        while (!await waiting.IsStuck() && wakes++ < MostWakes);
        Assert.InRange(wakes, 0, MostWakes - 1);
        for (var i = 0; i < accepted; i++) Assert.Equal(message.Length, (await client.Receives()).Bytes.Length);
        Assert.Equal(ResultCode.EESUCCESS, (await waiting.Soon()).Code);
        await server.Hears<SctpShutdownComplete>();
        await client.Hears<SctpShutdownComplete>();
    }

    [SctpFact]
    public async Task A_one_to_one_association_is_aborted_by_a_flag_and_the_wait_for_it_ends()
    {
        var (client, server) = await OneToOne();
        var waiting = client.Socket.WaitReadableAsync().AsTask();
        Assert.True(await waiting.IsStuck());
        Assert.Equal(ResultCode.EESUCCESS, client.End(default, SctpSendFlags.Abort));
        Assert.Equal(ResultCode.EESUCCESS, (await waiting.Soon()).Code);
        var number = ((KernelSctpSocket)client.Socket).Number;
        Assert.Equal(Native.ClosedOnExec, SystemCalls.Control(number, Native.GetDescriptorFlags, 0));
        Assert.Equal(ResultCode.EERESET, (await server.Hears<SctpLost>()).Code);
        Assert.Equal(ResultCode.EENOTCONN, client.TrySend("x"));
        Assert.Equal(ResultCode.EEABORTED, (await client.Hears<SctpLost>()).Code);
        Assert.Equal(ResultCode.EENOTCONN, (await client.Next()).What.Code);
        client.Socket.Dispose();
        Assert.Equal(ResultCode.EEBADF, client.Socket.TryReceive(new byte[1]).Code);
    }

    [SctpFact]
    public async Task An_abort_of_a_peeled_association_is_told_as_what_it_is_on_both_sides()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        var (peeled, other) = (Peel(server, there), Peel(client, at));
        Assert.Equal(ResultCode.EESUCCESS, peeled.End(default, SctpSendFlags.Abort));
        Assert.Equal(ResultCode.EEABORTED, (await peeled.Hears<SctpLost>()).Code);
        Assert.Equal(ResultCode.EERESET, (await other.Hears<SctpLost>()).Code);
        Assert.Equal(ResultCode.EENOTCONN, (await other.Next()).What.Code);
    }

    [SctpFact]
    public Task What_was_not_sent_comes_back_before_the_last_event() => GiveUp(peel: false);

    [SctpFact]
    public Task What_was_not_sent_comes_back_before_the_last_event_of_a_peeled_association() => GiveUp(peel: true);

    [SctpFact]
    public async Task A_message_tells_of_the_one_behind_it_where_that_was_asked_for()
    {
        var options = Kind.Options with { TellsNext = true };
        var server = Of(Kind.Backend.Open([new IPEndPoint(Kind.Address, 0)], options).Socket!);
        Assert.True(server.Socket.Listen(5).IsSuccess);
        var client = Open();
        var (at, there) = await Join(client, server);
        await client.Send("one", On(at));
        await client.Send("second", On(at, stream: 2) with { PayloadProtocol = 9 });
        await Patience.Until(() => client.Socket.GetStatus(at).Value!.Unacknowledged == 0);
        var (first, _) = await server.Next();
        var next = first.Next!.Value;
        Assert.Equal((there, (ushort)2, 9U, 6, false),
            (next.Association, next.Stream, next.PayloadProtocol, next.Length, next.IsEvent));
        Assert.Null((await server.Next()).What.Next);
    }

    private async Task GiveUp(bool peel)
    {
        var (server, client, other) = (Open(), Open(SctpEventKinds.SendFailed), Open());
        var (at, _) = await Join(client, server);
        await Join(other, client);
        var sender = peel ? Peel(client, at) : client;
        var message = new byte[4000];
        var info = On(at) with { Context = 5, PayloadProtocol = 6 };
        await Patience.Until(() => !sender.Socket.TrySend(message, info).IsSuccess);
        server.Socket.Abort();
        await other.Send("meanwhile", default, client.Place);
        var failed = 0;
        SctpEvent? last = null;
        while (last is null)
        {
            var (what, bytes) = await sender.Next();
            Assert.Equal(ResultCode.EESUCCESS, what.Code);
            if (what.Event is SctpSendFailed given)
            {
                failed++;
                Assert.Equal((at, 5U, 6U), (given.Association, given.Info.Context, given.Info.PayloadProtocol));
                Assert.True(given.Message.Length > 0);
            }
            else if (what.Event is null)
            {
                Assert.Equal(Bytes("meanwhile"), bytes);
            }
            else
            {
                last = what.Event;
            }
        }

        Assert.Equal((at, ResultCode.EERESET), (Assert.IsType<SctpLost>(last).Association, ((SctpLost)last).Code));
        Assert.True(failed > 0);
        if (peel) Assert.Equal(ResultCode.EENOTCONN, (await sender.Next()).What.Code);
    }

    private static async Task<SctpEvent> Told(SctpParty party)
    {
        var (what, _) = await party.Next();
        Assert.NotNull(what.Event);
        return what.Event;
    }

    private async Task<(SctpParty Client, SctpParty Server)> OneToOne()
    {
        using var listener = Listen();
        var client = await Connect(listener);
        var (socket, code) = await listener.AcceptAsync(CancellationToken.None).Soon();
        Assert.Equal(ResultCode.EESUCCESS, code);
        var server = Of(socket!);
        await client.Hears<SctpUp>();
        await server.Hears<SctpUp>();
        return (client, server);
    }
}
