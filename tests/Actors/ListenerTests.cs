using System.Net;
using System.Reflection;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class ListenerTests(ITestOutputHelper output) : SocketTestKit(output, "handoff.listen.max-waiting = 2")
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Each_connection_is_a_child_of_the_listener_and_is_offered_to_the_acceptor()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        using var peer = await ConnectAsync(listening);
        var acquired = Take(acceptor);
        Assert.Equal(listening.Handle.Socket.Path, acquired.Handle.Socket.Path.Parent);
        Assert.Equal((1L, SocketKind.Connection), (acquired.Handle.Epoch, acquired.Facts.Kind));
        Assert.Equal(SocketKind.Listener, StatusOf(owner, listening.Handle.Socket).Facts.Kind);
    }

    [Fact]
    public async Task No_more_connections_wait_for_an_owner_than_the_bound()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        var peers = new List<TestPeer>();
        for (var i = 0; i < 4; i++) peers.Add(await ConnectAsync(listening));
        var first = acceptor.ExpectMsg<Offered>();
        acceptor.ExpectMsg<Offered>();
        Assert.Equal(2, StatusOf(owner, listening.Handle.Socket).Facts.Unread);
        acceptor.ExpectNoMsg(TimeSpan.Zero);
        first.Offer.Socket.Tell(new Acquire(first.Offer, acceptor), acceptor);
        acceptor.FishForMessage(message => message is Offered, TimeSpan.FromSeconds(20));
        foreach (var peer in peers) peer.Dispose();
    }

    [Fact]
    public async Task A_listener_may_have_less_waiting_and_longer_than_the_others()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var within = Handoff.Settings.AcquireTimeout * 3;
        Handoff.Sockets.Tell(
            new Listen(AnyPort, owner, acceptor) { MaxWaiting = 1, AcquireWithin = within }, owner);
        var listening = owner.ExpectMsg<Listening>();
        using var first = await ConnectAsync(listening);
        using var second = await ConnectAsync(listening);
        Assert.Equal(within, acceptor.ExpectMsg<Offered>().Within);
        Assert.Equal(1, StatusOf(owner, listening.Handle.Socket).Facts.Unread);
        Time.Advance(Handoff.Settings.AcquireTimeout);
        acceptor.ExpectNoMsg(TimeSpan.Zero);
        Time.Advance(within - Handoff.Settings.AcquireTimeout);
        Assert.Equal(OfferOutcome.TimedOut, acceptor.ExpectMsg<Withdrawn>().Outcome);
        Take(acceptor);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(3, null)]
    [InlineData(null, 0)]
    [InlineData(null, 601)]
    public void A_listener_that_would_have_more_waiting_or_longer_than_the_bounds_is_refused(int? most, int? seconds)
    {
        var owner = CreateTestProbe();
        var listen = new Listen(AnyPort, owner)
        {
            MaxWaiting = most,
            AcquireWithin = seconds is { } within ? TimeSpan.FromSeconds(within) : null,
        };
        Handoff.Sockets.Tell(listen, owner);
        Assert.Equal(ResultCode.EEQUOTA, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task A_connection_that_nobody_acquires_is_closed_at_the_deadline_and_makes_room()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        using var peer = await ConnectAsync(listening);
        var offered = acceptor.ExpectMsg<Offered>();
        Time.Advance(offered.Within);
        Assert.Equal(OfferOutcome.TimedOut, acceptor.ExpectMsg<Withdrawn>().Outcome);
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.Dispose();
        using var next = await ConnectAsync(listening);
        Take(acceptor);
    }

    [Fact]
    public async Task Closing_a_listener_frees_its_port_and_leaves_its_connections_alone()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        using var peer = await ConnectAsync(listening);
        var acquired = Take(acceptor);
        Watch(listening.Handle.Socket);
        listening.Handle.Socket.Tell(new Close(listening.Handle), owner);
        Assert.Equal(ResultCode.EESUCCESS, owner.ExpectMsg<Closed>().Result.Code);
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => ConnectAsync(listening));
        await peer.SendAsync("alive");
        Assert.Equal("alive", await acquired.Lease.ReadTextAsync(5));
        acquired.Handle.Socket.Tell(new Abort(acquired.Handle), acceptor);
        Assert.Equal(ResultCode.EEABORTED, acceptor.ExpectMsg<Closed>().Result.Code);
        ExpectTerminated(listening.Handle.Socket);
    }

    [Fact]
    public async Task A_listener_whose_owner_stops_closes()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        Watch(listening.Handle.Socket);
        Sys.Stop(owner);
        ExpectTerminated(listening.Handle.Socket);
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => ConnectAsync(listening));
    }

    [Fact]
    public async Task A_listener_is_released_like_a_connection()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner);
        Release(owner, listening.Handle, target);
        var acquired = Take(target);
        owner.ExpectMsg<Released>();
        Assert.Equal((SocketKind.Listener, 2L), (acquired.Facts.Kind, acquired.Handle.Epoch));
        using var peer = await ConnectAsync(listening);
        Take(target);
        listening.Handle.Socket.Tell(new Close(listening.Handle), owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task While_a_listener_is_on_offer_nothing_is_accepted_and_nothing_is_lost()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner);
        using var early = await ConnectAsync(listening);
        Take(owner);
        Release(owner, listening.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        using var first = await ConnectAsync(listening);
        using var second = await ConnectAsync(listening);
        AwaitCondition(() => Waiting(listening) == 1, Patience);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        // It was for whoever has the listener next: the accept was under way when that was put on offer.
        owner.ExpectMsg<Released>();
        target.ExpectMsg<Acquired>();
        target.ExpectMsg<Offered>();
        target.ExpectMsg<Offered>();
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_arrives_while_nobody_owns_the_listener_is_the_heirs()
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner);
        owner.Send(listening.Handle.Socket, new SetHeir(listening.Handle, heir));
        owner.ExpectMsg<Confirmed>();
        Sys.Stop(owner);
        var offered = heir.ExpectMsg<Offered>();
        using var peer = await ConnectAsync(listening);
        await peer.SendAsync("early");
        AwaitCondition(() => Waiting(listening) == 1, Patience);
        heir.Send(offered.Offer.Socket, new Acquire(offered.Offer, heir));
        heir.ExpectMsg<Acquired>();
        Assert.Equal("early", await Take(heir).Lease.ReadTextAsync(5));
    }

    [Fact]
    public async Task A_crash_of_the_accept_loop_costs_no_connection()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        for (var round = 0; round < 20; round++)
        {
            Sys.ActorSelection(listening.Handle.Socket.Path + "/accept").Tell(Kill.Instance);
            using var peer = await ConnectAsync(listening);
            var acquired = Take(acceptor);
            await peer.SendAsync("ping");
            Assert.Equal("ping", await acquired.Lease.ReadTextAsync(4));
            acquired.Handle.Socket.Tell(new Abort(acquired.Handle), acceptor);
            acceptor.ExpectMsg<Closed>();
        }
    }

    [Fact]
    public async Task A_restart_of_the_listener_costs_no_connection()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        using var before = await ConnectAsync(listening);
        var first = Take(acceptor);
        var crash = new Sockets.Notice.Settled(DispatchProxy.Create<IActorRef, Rotten>());
        EventFilter.Exception<Sockets.RestartException>().ExpectOne(() => listening.Handle.Socket.Tell(crash, owner));
        using var after = await ConnectAsync(listening);
        var second = Take(acceptor);
        await before.SendAsync("old");
        await after.SendAsync("new");
        Assert.Equal("old", await first.Lease.ReadTextAsync(3));
        Assert.Equal("new", await second.Lease.ReadTextAsync(3));
        listening.Handle.Socket.Tell(new Close(listening.Handle), owner);
        Assert.Equal(ResultCode.EESUCCESS, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Theory]
    [InlineData("tcp", "in use", ResultCode.EEADDRINUSE)]
    [InlineData("carrier-pigeon", "free", ResultCode.EEMODENOTSUPP)]
    public void A_listen_that_cannot_be_is_refused_by_code(string transport, string port, ResultCode code)
    {
        var owner = CreateTestProbe();
        var taken = (IPEndPoint)Listen(owner).EndPoint;
        var endPoint = port == "free" ? new IPEndPoint(IPAddress.Loopback, 0) : taken;
        Handoff.Sockets.Tell(new Listen(endPoint, owner) { Transport = transport }, owner);
        Assert.Equal(code, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_party_of_another_actor_system_is_refused(bool hasTheSameName)
    {
        using var other = ActorSystem.Create(hasTheSameName ? Sys.Name : "other");
        var owner = CreateTestProbe();
        var stranger = other.ActorOf(Props.Empty);
        Handoff.Sockets.Tell(new Listen(new IPEndPoint(IPAddress.Loopback, 0), stranger), owner);
        Assert.Equal(ResultCode.EENOTLOCAL, owner.ExpectMsg<Refused>().Result.Code);
    }

    // Those that were accepted and are not shown to anybody yet.
    private int Waiting(Listening listening)
    {
        var asker = CreateTestProbe();
        listening.Handle.Socket.Tell(GetAcceptFilterStatus.Instance, asker);
        return asker.ExpectMsg<AcceptFilterStatus>().Waiting;
    }

    // A ref that cannot be looked up: whoever counts by it crashes.
    public class Rotten : DispatchProxy
    {
        public override int GetHashCode() => throw new InvalidOperationException("rotten");

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }
}
