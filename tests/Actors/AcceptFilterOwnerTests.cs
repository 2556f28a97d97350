using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.AcceptFilters;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// What becomes of a filter, and of those in it, when something becomes of the listener.
public sealed class AcceptFilterOwnerTests(ITestOutputHelper output) : AcceptFilterTestKit(output)
{
    [Fact]
    public async Task Code_outside_actors_listens_with_a_filter_too()
    {
        var place = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0);
        await using var socket = await Handoff.ListenAsync(place, Acceptor, acceptFilter: AcceptFilter.DataReady);
        var listening = new Listening(socket.Handle, socket.EndPoint);
        using var peer = await ConnectAsync(listening);
        AwaitWaiting(listening, 1);
        await peer.SendAsync("x");
        Take(Acceptor);
    }

    [Fact]
    public async Task The_close_of_a_listener_resets_those_in_its_filter_and_leaves_those_that_were_shown()
    {
        var listening = Listen(AcceptFilter.DataReady);
        using var shown = await ConnectAsync(listening);
        await shown.SendAsync("x");
        var acquired = Take(Acceptor);
        using var waiting = await ConnectAsync(listening);
        AwaitWaiting(listening, 1);
        Watch(listening.Handle.Socket);
        listening.Handle.Socket.Tell(new Close(listening.Handle), Owner);
        Owner.ExpectMsg<Closed>();
        await IsReset(waiting);
        await shown.SendAsync("alive");
        Assert.Equal("xalive", await acquired.Lease.ReadTextAsync(6));
        acquired.Handle.Socket.Tell(new Abort(acquired.Handle), Acceptor);
        ExpectTerminated(listening.Handle.Socket);
    }

    [Fact]
    public async Task A_stop_of_the_listeners_actor_leaves_nobody_in_its_filter()
    {
        var listening = Listen(AcceptFilter.DataReady);
        using var waiting = await ConnectAsync(listening);
        AwaitWaiting(listening, 1);
        Sys.Stop(listening.Handle.Socket);
        await IsReset(waiting);
    }

    [Fact]
    public async Task A_restart_of_the_listener_leaves_those_in_its_filter_there_with_their_bound()
    {
        var listening = Listen(AcceptFilter.DataReady);
        using var sending = await ConnectAsync(listening);
        using var silent = await ConnectAsync(listening);
        AwaitWaiting(listening, 2);
        using (var hurdle = Hurdle.In(listening.Handle.Socket))
        {
            EventFilter.Exception<Sockets.RestartException>().ExpectOne(hurdle.Fail);
        }

        await sending.SendAsync("x");
        Take(Acceptor);
        Assert.Equal(1, StatusOf(listening).Waiting);
        Time.Advance(Handoff.Settings.AcceptFilters.Timeout);
        await IsReset(silent);
    }

    [Fact]
    public async Task A_listener_that_is_released_keeps_its_filter_and_who_is_in_it()
    {
        var heir = CreateTestProbe();
        var listening = Listen(AcceptFilter.DataReady, acceptor: null);
        using var peer = await ConnectAsync(listening);
        AwaitWaiting(listening, 1);
        Release(Owner, listening.Handle, heir);
        var offered = heir.ExpectMsg<Offered>();
        await peer.SendAsync("x");
        AwaitCondition(() => StatusOf(listening).Passed == 1, Patience);
        Owner.ExpectNoMsg(TimeSpan.Zero);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, heir), heir);
        heir.ExpectMsg<Acquired>();
        Assert.Equal(SocketKind.Connection, heir.ExpectMsg<Offered>().Facts.Kind);
    }

    [Fact]
    public async Task Where_all_places_are_taken_by_those_that_wait_for_a_listeners_next_owner_a_newcomer_is_reset()
    {
        var heir = CreateTestProbe();
        var listening = Listen(AcceptFilter.DataReady, acceptor: null);
        var peers = new List<TestPeer>();
        for (var i = 1; i <= 3; i++)
        {
            peers.Add(await ConnectAsync(listening));
            AwaitWaiting(listening, i);
        }

        Release(Owner, listening.Handle, heir);
        var offered = heir.ExpectMsg<Offered>();
        foreach (var peer in peers) await peer.SendAsync("x");
        AwaitCondition(() => StatusOf(listening).Passed == 3, Patience);
        await ConnectInVainAsync(listening);
        Assert.Equal((3, 1L), (StatusOf(listening).Waiting, StatusOf(listening).Crowded));
        heir.Send(offered.Offer.Socket, new Acquire(offered.Offer, heir));
        heir.ExpectMsg<Acquired>();
        var first = heir.ExpectMsg<Offered>();
        heir.ExpectMsg<Offered>();
        heir.Send(first.Offer.Socket, new Acquire(first.Offer, heir));
        heir.ExpectMsg<Acquired>();
        heir.ExpectMsg<Offered>();
        Assert.Equal(0, StatusOf(listening).Waiting);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task A_filter_is_replaced_only_after_it_was_removed()
    {
        var listening = Listen(AcceptFilter.DataReady);
        Assert.Equal(ResultCode.EEALREADY, Set(listening.Handle, AcceptFilter.Line(10)));
        Assert.Equal("data-ready", StatusOf(listening).Filter);
        using var inside = await ConnectAsync(listening);
        AwaitWaiting(listening, 1);
        Assert.Equal(ResultCode.EESUCCESS, Set(listening.Handle, null));
        using var without = await ConnectAsync(listening);
        Take(Acceptor);
        Assert.Equal(ResultCode.EESUCCESS, Set(listening.Handle, AcceptFilter.Line(10)));
        Assert.Equal((1, "line"), (StatusOf(listening).Waiting, StatusOf(listening).Filter));
        await inside.SendAsync("x");
        Take(Acceptor);
    }

    [Fact]
    public async Task Only_theOwner_of_a_listener_sets_its_filter()
    {
        var (stranger, target) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(filter: null);
        var other = Listen(stranger);
        listening.Handle.Socket.Tell(new SetAcceptFilter(other.Handle, AcceptFilter.DataReady), Owner);
        Assert.Equal(ResultCode.EESECURITY, Owner.ExpectMsg<Refused>().Result.Code);
        listening.Handle.Socket.Tell(new SetAcceptFilter(null!, AcceptFilter.DataReady), Owner);
        Assert.Equal(ResultCode.EESECURITY, Owner.ExpectMsg<Refused>().Result.Code);
        using var peer = await ConnectAsync(listening);
        Assert.Equal(ResultCode.EEMODENOTSUPP, Set(Take(Acceptor).Handle, AcceptFilter.DataReady));
        Release(Owner, listening.Handle, target);
        target.ExpectMsg<Offered>();
        Assert.Equal(ResultCode.EESOCKRLSD, Set(listening.Handle, AcceptFilter.DataReady));
        Assert.Null(StatusOf(listening).Filter);
    }
}
