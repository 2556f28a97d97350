using System.Net;
using System.Text;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Kernel;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

/// <summary>Associations that go on in another process.</summary>
[NeedsKernelSctp]
public sealed class PassingOverKernel(ITestOutputHelper output)
    : SctpSuite(new KernelSctpKind(), output), IAsyncLifetime
{
    private readonly OtherProcess _other = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        Dispose();
        await _other.DisposeAsync();
    }

    [SctpFact]
    public async Task A_peeled_association_goes_on_there_with_what_nobody_received()
    {
        var (server, client) = (Open(SctpEventKinds.PeerShutdown | SctpEventKinds.SendFailed), Open());
        var (at, there) = await Join(client, server);
        await GoesOnThere(Peel(server, there), client, On(at));
    }

    [SctpFact]
    public async Task A_one_to_one_association_goes_on_there_with_what_nobody_received()
    {
        var (client, server) = await OneToOne(SctpEventKinds.PeerShutdown | SctpEventKinds.SendFailed);
        await GoesOnThere(server, client, default);
    }

    [SctpFact]
    public async Task One_that_is_not_taken_goes_on_here()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        var peeled = Peel(server, there);
        var waiting = peeled.Socket.WaitReadableAsync().AsTask();
        _other.Answer = new SocketResult(ResultCode.EEQUOTA, "too many");
        var (descriptor, given) = await _other.Take((IPassable)peeled.Socket);
        Assert.Equal((null, ResultCode.EEQUOTA), (descriptor, given.Why.Code));
        Assert.Equal(ResultCode.EEINTR, (await waiting.Soon()).Code);
        await client.Send("still here", On(at));
        Assert.Equal("still here", await peeled.Reads());
        await peeled.Send("and back");
        Assert.Equal("and back", await client.Reads());
        peeled.Socket.Dispose();
        await client.Hears<SctpShutdownComplete>();
    }

    [SctpFact]
    public async Task What_is_asked_of_one_on_its_way_is_done_if_it_stays()
    {
        var (server, one, other) = (Open(), Open(), Open());
        var first = Peel(server, (await Join(one, server)).There);
        var second = Peel(server, (await Join(other, server)).There);
        foreach (var peeled in new[] { first, second })
        {
            ((IPassable)peeled.Socket).Pause();
            Assert.NotNull(((IPassable)peeled.Socket).Lend().Socket);
        }

        first.Socket.Dispose();
        second.Socket.Abort();
        Assert.Equal(ResultCode.EEWOULDBLOCK, one.Socket.TryReceive(new byte[10]).Code);
        Assert.Equal(ResultCode.EEWOULDBLOCK, other.Socket.TryReceive(new byte[10]).Code);
        ((IPassable)first.Socket).GoOn();
        ((IPassable)second.Socket).GoOn();
        await one.Hears<SctpShutdownComplete>();
        Assert.Equal(ResultCode.EERESET, (await other.Hears<SctpLost>()).Code);
    }

    [SctpFact]
    public async Task Whoever_has_it_ends_it_also_while_another_has_a_copy()
    {
        var (server, one, other) = (Open(), Open(), Open());
        var peeled = Peel(server, (await Join(one, server)).There);
        var aborted = Peel(server, (await Join(other, server)).There);
        var (client, stream) = await OneToOne();
        foreach (var party in new[] { peeled, aborted, stream })
        {
            var copy = Copy(party);
            using var kept = Copy(party);
            var adopted = Of(Backend.Adopt(copy).Socket!);
            ((IPassable)party.Socket).Leave();
            if (party == aborted) adopted.Socket.Abort();
            else adopted.Socket.Dispose();
            if (party == aborted) Assert.Equal(ResultCode.EERESET, (await other.Hears<SctpLost>()).Code);
            else await (party == peeled ? one : client).Hears<SctpShutdownComplete>();
        }
    }

    [SctpFact]
    public async Task What_is_not_one_association_is_refused_and_stays_whose_it_is()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        Assert.Equal(ResultCode.EEMODENOTSUPP, ((IPassable)server.Socket).Lend().Code);
        using (var many = Copy(client)) Assert.Equal(ResultCode.EEISLISTEN, Backend.Adopt(many).Code);
        Assert.True(client.Socket.Listen(0).IsSuccess);
        using (var many = Copy(client)) Assert.Equal(ResultCode.EENOTCONN, Backend.Adopt(many).Code);
        var peeled = Peel(server, there);
        using var copy = Copy(peeled);
        client.End(at);
        await peeled.Hears<SctpShutdownComplete>();
        Assert.Equal(ResultCode.EENOTCONN, ((IPassable)peeled.Socket).Lend().Code);
        Assert.Equal(ResultCode.EENOTCONN, Backend.Adopt(copy).Code);
        var (near, far) = await OneToOne();
        using var stream = Copy(near);
        Assert.Equal(ResultCode.EEMODENOTSUPP, _other.Engine.Adopt(stream).Code);
        Assert.Equal(ResultCode.EEMODENOTSUPP, _other.Engine.AdoptRecords(copy, null, null).Code);
        using var udp = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, 0);
        using var datagrams = new SocketDescriptor(SystemCalls.Control(
            (int)udp.Handle, Native.DuplicateClosedOnExec, 0));
        Assert.Equal(ResultCode.EEMODENOTSUPP, Backend.Adopt(datagrams).Code);
        await far.Send("none the worse");
        Assert.Equal("none the worse", await near.Reads());
    }

    private KernelSctp Backend => new(_other.Engine, TimeProvider.System);

    private async Task GoesOnThere(SctpParty moving, SctpParty peer, SctpSendInfo to)
    {
        var socket = moving.Socket;
        var (style, association, events) = (socket.Style, socket.Association, socket.Events);
        var remote = socket.RemoteEndPoint;
        for (var i = 0; i < 3; i++) await peer.Send($"before {i}", to with { Stream = 2, PayloadProtocol = 7 });
        var (descriptor, given) = await _other.Take((IPassable)socket);
        Assert.Equal(MoveResult.Moved, given);
        Assert.Equal(ResultCode.EEBADF, socket.TryReceive(new byte[10]).Code);
        Assert.Equal(ResultCode.EEBADF, moving.TrySend("from here"));
        var there = Of(Backend.Adopt(descriptor!).Socket!);
        var now = there.Socket;
        Assert.Equal((style, association, events), (now.Style, now.Association, now.Events));
        Assert.Equal((remote, moving.Place), (now.RemoteEndPoint, there.Place));
        await peer.Send("after", to with { Stream = 2, PayloadProtocol = 7 });
        foreach (var expected in new[] { "before 0", "before 1", "before 2", "after" })
        {
            var (info, bytes) = await there.Receives();
            Assert.Equal((association, (ushort)2, 7U), (info.Association, info.Stream, info.PayloadProtocol));
            Assert.Equal(expected, Encoding.ASCII.GetString(bytes));
        }

        await there.Send("back", new SctpSendInfo { Stream = 3, PayloadProtocol = 9 });
        var (answer, _) = await peer.Receives();
        Assert.Equal((3, 9U), (answer.Stream, answer.PayloadProtocol));
        Assert.Equal(ResultCode.EESUCCESS, peer.End(to.Association));
        await there.Hears<SctpPeerShutdown>();
        await there.Hears<SctpShutdownComplete>();
        Assert.Equal(ResultCode.EENOTCONN, (await there.Next()).What.Code);
        await peer.Hears<SctpShutdownComplete>();
    }

    private async Task<(SctpParty Client, SctpParty Server)> OneToOne(SctpEventKinds events = SctpEventKinds.None)
    {
        using var listener = Kind.Backend.Listen([new IPEndPoint(Kind.Address, 0)], 4, With(events)).Socket!;
        var client = await Connect(listener);
        var server = Of((await listener.AcceptAsync(CancellationToken.None).Soon()).Socket!);
        await client.Hears<SctpUp>();
        await server.Hears<SctpUp>();
        return (client, server);
    }

    // As another process would have one.
    private static SocketDescriptor Copy(SctpParty party)
    {
        var number = ((KernelSctpSocket)party.Socket).Number;
        return new SocketDescriptor(SystemCalls.Control(number, Native.DuplicateClosedOnExec, 0));
    }
}
