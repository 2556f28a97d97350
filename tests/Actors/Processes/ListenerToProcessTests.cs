using System.Net;
using System.Net.Sockets;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

public sealed class ListenerToProcessTests(ITestOutputHelper output) : ProcessTestKit(output)
{
    [Fact]
    public async Task A_listener_accepts_in_the_process_that_acquired_it_and_its_connections_stay_where_they_are()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var acceptor = CreateTestProbe();
        var listening = Listen(owner, acceptor);
        using var before = await ConnectAsync(listening);
        var stays = Take(acceptor);
        Release(owner, listening.Handle, Peer("web", service));
        var acquired = Take(service);
        owner.ExpectMsg<Released>();
        Assert.Equal((SocketKind.Listener, listening.EndPoint), (acquired.Facts.Kind, acquired.Facts.Local));
        using var after = await ConnectAsync(listening);
        var comes = Take(service);
        await after.SendAsync("new");
        Assert.Equal("new", await comes.Lease.ReadTextAsync(3));
        await before.SendAsync("old");
        Assert.Equal("old", await stays.Lease.ReadTextAsync(3));
        acceptor.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task Whoever_acquires_a_listener_says_who_is_offered_its_connections()
    {
        var (owner, service, acceptor) = (CreateTestProbe(), Other.CreateTestProbe(), Other.CreateTestProbe());
        var listening = Listen(owner);
        Release(owner, listening.Handle, Peer("web", service));
        var offered = service.ExpectMsg<Offered>();
        var acquire = new Acquire(offered.Offer, service) { Acceptor = acceptor };
        offered.Offer.Socket.Tell(acquire, service);
        service.ExpectMsg<Acquired>();
        using var peer = await ConnectAsync(listening);
        Take(acceptor);
        service.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_listener_whose_release_fails_goes_on_accepting()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var listening = Listen(owner);
        var release = Release(owner, listening.Handle, Peer("web", service));
        var offered = service.ExpectMsg<Offered>();
        using var meanwhile = await ConnectAsync(listening);
        offered.Offer.Socket.Tell(new Decline(offered.Offer, service, "no"), service);
        Reverted(owner, release);
        Take(owner);
        using var later = await ConnectAsync(listening);
        Take(owner);
    }

    [Fact]
    public async Task The_old_listeners_actor_stops_after_the_last_of_its_connections()
    {
        var (owner, service, acceptor) = (CreateTestProbe(), Other.CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        using var peer = await ConnectAsync(listening);
        var connection = Take(acceptor);
        owner.Watch(listening.Handle.Socket);
        Release(owner, listening.Handle, Peer("web", service));
        Take(service);
        owner.ExpectMsg<Released>();
        owner.ExpectNoMsg(TimeSpan.Zero);
        connection.Handle.Socket.Tell(new Abort(connection.Handle), acceptor);
        owner.ExpectTerminated(listening.Handle.Socket);
    }

    [Fact]
    public async Task A_listener_moves_to_and_fro_under_a_storm_of_connects_and_none_is_refused_or_unanswered()
    {
        const int Moves = 40;
        var (here, there) = (CreateTestProbe(), Other.CreateTestProbe());
        var (hereAccepts, thereAccepts) = (
            Sys.ActorOf(Greeter.Props("h")), Other.Sys.ActorOf(Greeter.Props("t")));
        var away = Peer("there", there);
        var home = Home("here", here);
        var listening = Listen(here, hereAccepts);
        using var over = new CancellationTokenSource();
        var storm = StormAsync((IPEndPoint)listening.EndPoint, over.Token);
        var handle = listening.Handle;
        for (var i = 0; i < Moves; i++)
        {
            var isAway = i % 2 == 0;
            var (from, to, target, accepts) = isAway
                ? (here, there, away, thereAccepts)
                : (there, here, home, hereAccepts);
            handle.Socket.Tell(new Release(handle, target), from);
            var offered = to.ExpectMsg<Offered>();
            offered.Offer.Socket.Tell(new Acquire(offered.Offer, to) { Acceptor = accepts }, to);
            handle = to.ExpectMsg<Acquired>().Handle;
            from.ExpectMsg<Released>();
        }

        await over.CancelAsync();
        var answered = await storm;
        Assert.True(answered > 0, "nobody connected");
    }

    // Each connects and waits for its greeting; the first that is refused or left alone fails all.
    private static async Task<int> StormAsync(IPEndPoint to, CancellationToken over)
    {
        var count = 0;
        while (!over.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            using var bound = new CancellationTokenSource(Patience);
            await socket.ConnectAsync(to, bound.Token);
            var greeting = new byte[1];
            Assert.Equal(1, await socket.ReceiveAsync(greeting, bound.Token));
            Assert.Contains(greeting[0], "ht"u8.ToArray());
            count++;
        }

        return count;
    }
}
