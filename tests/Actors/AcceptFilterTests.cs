using System.Buffers;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.AcceptFilters;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class AcceptFilterTests(ITestOutputHelper output) : AcceptFilterTestKit(output)
{
    [Fact]
    public async Task A_connection_is_shown_to_itsAcceptor_when_the_filter_says_so_and_not_before()
    {
        var listening = Listen(AcceptFilter.HttpHead);
        using var peer = await ConnectAsync(listening);
        await peer.SendAsync("GET / HTTP/1.1\r\n");
        AwaitWaiting(listening, 1);
        Acceptor.ExpectNoMsg(TimeSpan.Zero);
        await peer.SendAsync("\r\nbody");
        var acquired = Take(Acceptor);
        Assert.Equal(0, acquired.Consumed);
        Assert.Equal("GET / HTTP/1.1\r\n\r\nbody", await acquired.Lease.ReadTextAsync(22));
        Assert.Equal((0, 1L), (StatusOf(listening).Waiting, StatusOf(listening).Passed));
    }

    [Fact]
    public async Task What_the_filter_has_looked_at_is_the_first_message_of_anOwner_by_messages()
    {
        var listening = Listen(AcceptFilter.Line(100));
        using var peer = await ConnectAsync(listening);
        await peer.SendAsync("game 7\nmove");
        var acquired = Take(Acceptor, Reading.Once);
        var received = Acceptor.ExpectMsg<Received>();
        Assert.Equal((0L, acquired.Handle), (received.Position, received.Handle));
        Assert.StartsWith("game 7\n", System.Text.Encoding.ASCII.GetString(received.Bytes.Span));
    }

    [Fact]
    public async Task A_connection_that_the_filter_cannot_tell_in_time_is_reset_and_never_shown()
    {
        var listening = Listen(AcceptFilter.DataReady);
        using var peer = await ConnectAsync(listening);
        AwaitWaiting(listening, 1);
        Time.Advance(Handoff.Settings.AcceptFilters.Timeout);
        await IsReset(peer);
        AwaitCondition(() => StatusOf(listening).TimedOut == 1, Patience);
        Assert.Equal(0, StatusOf(listening).Waiting);
        Acceptor.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_peer_that_finishes_or_is_reset_in_the_filter_is_counted_and_never_shown()
    {
        var listening = Listen(AcceptFilter.ClientHello);
        using var finishing = await ConnectAsync(listening);
        using var reset = await ConnectAsync(listening);
        AwaitWaiting(listening, 2);
        finishing.FinishSending();
        Assert.Empty(await finishing.ReceiveToEndAsync());
        reset.Reset();
        AwaitCondition(() => StatusOf(listening) is { Finished: 1, Lost: 1, Waiting: 0 }, Patience);
        Acceptor.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_is_longer_than_the_bound_is_dropped()
    {
        var listening = Listen(AcceptFilter.Line(2000));
        using var peer = await ConnectAsync(listening);
        await peer.SendAsync(new byte[1500]);
        await IsReset(peer);
        AwaitCondition(() => StatusOf(listening).TooLong == 1, Patience);
        Acceptor.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task Where_too_many_wait_the_oldest_is_dropped_and_those_who_send_get_in()
    {
        var listening = Listen(AcceptFilter.DataReady);
        var peers = new List<TestPeer>();
        for (var i = 1; i <= 3; i++)
        {
            peers.Add(await ConnectAsync(listening));
            AwaitWaiting(listening, i);
        }

        using var newcomer = await ConnectAsync(listening);
        await IsReset(peers[0]);
        AwaitCondition(() => StatusOf(listening).Crowded == 1, Patience);
        Assert.Equal(3, StatusOf(listening).Waiting);
        await newcomer.SendAsync("x");
        Assert.Equal(newcomer.Socket.LocalEndPoint, Take(Acceptor).Facts.Remote);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task What_has_passed_waits_where_theAcceptor_has_enough_to_do()
    {
        var listening = Listen(AcceptFilter.DataReady);
        var peers = new List<TestPeer>();
        for (var i = 1; i <= 3; i++)
        {
            peers.Add(await ConnectAsync(listening));
            AwaitWaiting(listening, i);
        }

        foreach (var peer in peers) await peer.SendAsync("x");
        AwaitCondition(() => StatusOf(listening).Passed == 3, Patience);
        var first = Acceptor.ExpectMsg<Offered>();
        Acceptor.ExpectMsg<Offered>();
        Acceptor.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(1, StatusOf(listening).Waiting);
        first.Offer.Socket.Tell(new Acquire(first.Offer, Acceptor), Acceptor);
        Acceptor.ExpectMsg<Acquired>();
        Acceptor.ExpectMsg<Offered>();
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task A_filter_that_throws_costs_its_own_connection_only()
    {
        var listening = Listen(new Touchy());
        using var spared = await ConnectAsync(listening);
        using var peer = await ConnectAsync(listening);
        AwaitWaiting(listening, 2);
        EventFilter.Exception<InvalidOperationException>().ExpectOne(
            () => peer.SendAsync("throw").Wait(Patience));
        await IsReset(peer);
        Assert.Equal(1, StatusOf(listening).Threw);
        await spared.SendAsync("fine");
        Assert.Equal("fine", await Take(Acceptor).Lease.ReadTextAsync(4));
    }

    [Fact]
    public async Task A_thousand_that_come_and_go_leave_nothing_behind()
    {
        var listening = Listen(AcceptFilter.Line(10));
        for (var round = 0; round < 1000; round++)
        {
            using var peer = await ConnectAsync(listening);
            if (round % 4 == 0)
            {
                await peer.SendAsync("line\n");
                var acquired = Take(Acceptor);
                acquired.Handle.Socket.Tell(new Abort(acquired.Handle), Acceptor);
                Acceptor.ExpectMsg<Closed>();
            }
            else
            {
                await peer.SendAsync(round % 2 == 0 ? "too long a line" : "x");
            }
        }

        AwaitCondition(
            () => StatusOf(listening) is { Waiting: 0 } now && now.Passed + now.Dropped + now.Finished + now.Lost
                + now.Crowded == 1000, Patience);
    }

    [Fact]
    public void A_filter_whose_name_throws_costs_the_listener_nothing()
    {
        var listening = Listen(new Nameless());
        Assert.Equal(nameof(Nameless), StatusOf(listening).Filter);
        Assert.Equal(ResultCode.EEALREADY, Set(listening.Handle, AcceptFilter.DataReady));
        Assert.Equal(nameof(Nameless), StatusOf(listening).Filter);
    }

    private sealed class Nameless : IAcceptFilter
    {
        public string Name => throw new InvalidOperationException("no name");

        public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment) => AcceptVerdict.Accept;
    }

    private sealed class Touchy : IAcceptFilter
    {
        public string Name => "touchy";

        public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment) => bytes.FirstSpan[0] == 't'
            ? throw new InvalidOperationException("touched")
            : AcceptVerdict.Accept;
    }
}
