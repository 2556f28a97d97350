using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// How a restarted owner finds its sockets, and that nobody else does.
public sealed class OwnedByTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Fact]
    public async Task A_restarted_owner_is_given_its_handles_and_goes_on_where_it_was()
    {
        var log = CreateTestProbe();
        var owner = Sys.ActorOf(Props.Create(() => new Owner(log)));
        var listening = Listen(CreateTestProbe(), owner);
        using var peer = await ConnectAsync(listening);
        var first = log.ExpectMsg<Acquired>();
        await peer.SendAsync("onetwo");
        Assert.Equal("one", await first.Lease.ReadTextAsync(3));
        owner.Tell(Crash.Now);
        Assert.Equal([first.Handle], log.ExpectMsg<IReadOnlyList<SocketHandle>>());
        var second = log.ExpectMsg<Acquired>();
        Assert.Equal((first.Handle.Socket, 2L, 3L), (second.Handle.Socket, second.Handle.Epoch, second.Consumed));
        Assert.Equal("two", await second.Lease.ReadTextAsync(3));
        owner.Tell(Crash.Now);
        Assert.Equal([second.Handle], log.ExpectMsg<IReadOnlyList<SocketHandle>>());
        Assert.Equal(3, log.ExpectMsg<Acquired>().Handle.Epoch);
    }

    [Fact]
    public async Task An_owner_of_several_sockets_is_given_all_of_them_and_the_one_on_offer_too()
    {
        var (log, target) = (CreateTestProbe(), CreateTestProbe());
        var owner = Sys.ActorOf(Props.Create(() => new Owner(log)));
        var listening = Listen(CreateTestProbe(), owner);
        using var one = await ConnectAsync(listening);
        using var two = await ConnectAsync(listening);
        SocketHandle[] handles = [log.ExpectMsg<Acquired>().Handle, log.ExpectMsg<Acquired>().Handle];
        handles = [.. handles.OrderBy(handle => handle.Id)];
        var release = new Release(handles[0], target);
        handles[0].Socket.Tell(release, owner);
        var offered = target.ExpectMsg<Offered>();
        owner.Tell(Crash.Now);
        Assert.Equal(handles, log.ExpectMsg<IReadOnlyList<SocketHandle>>());
        Assert.Equal(handles[1].Id, log.ExpectMsg<Acquired>().Handle.Id);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        target.ExpectMsg<Acquired>();
        Assert.Equal(release, log.ExpectMsg<Released>().Release);
        owner.Tell(Crash.Now);
        Assert.Equal(handles[1].Id, Assert.Single(log.ExpectMsg<IReadOnlyList<SocketHandle>>()).Id);
    }

    [Fact]
    public async Task Nobody_is_given_the_handles_of_another()
    {
        var (owner, log) = (CreateTestProbe(), CreateTestProbe());
        var (_, peer) = await OwnAsync(owner);
        using var __ = peer;
        var stranger = Sys.ActorOf(Props.Create(() => new Owner(log)));
        stranger.Tell(new Ask(owner));
        Assert.IsType<InvalidOperationException>(log.ExpectMsg<object>());
        stranger.Tell(new Ask(stranger));
        Assert.Empty(log.ExpectMsg<IReadOnlyList<SocketHandle>>());
        await Task.Run(() => Assert.Throws<InvalidOperationException>(() => Handoff.OwnedBy(owner)));
    }

    [Fact]
    public async Task An_actor_of_the_same_name_owns_nothing_of_its_predecessors()
    {
        var log = CreateTestProbe();
        var owner = Sys.ActorOf(Props.Create(() => new Owner(log)), "twin");
        var listening = Listen(CreateTestProbe(), owner);
        using var peer = await ConnectAsync(listening);
        log.ExpectMsg<Acquired>();
        Watch(owner);
        Sys.Stop(owner);
        ExpectTerminated(owner);

        // Whoever watches may hear of the end before the parent, which gives the name free.
        IActorRef twin = ActorRefs.Nobody;
        AwaitAssert(() => twin = Sys.ActorOf(Props.Create(() => new Owner(log)), "twin"), Patience);
        twin.Tell(new Ask(twin));
        Assert.Empty(log.ExpectMsg<IReadOnlyList<SocketHandle>>());
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    [Theory]
    [InlineData("close")]
    [InlineData("close while on offer")]
    [InlineData("handoff")]
    [InlineData("death")]
    [InlineData("death of the target")]
    [InlineData("crash")]
    [InlineData("reset")]
    public async Task No_socket_stays_listed_that_the_actor_owns_no_more(string end)
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Assert.Equal([acquired.Handle], Handoff.Owners.Of(owner));
        Assert.Equal(1, Handoff.Owners.Count);
        End(end, acquired.Handle, owner, target, peer);
        AwaitCondition(() => Handoff.Owners.Of(owner).Count == 0, Patience);
        if (end == "handoff")
        {
            Assert.Equal(2, Assert.Single(Handoff.Owners.Of(target)).Epoch);
            Sys.Stop(target);
        }

        AwaitCondition(() => Handoff.Owners.Count == 0, Patience);
    }

    private void End(string how, SocketHandle handle, TestProbe owner, TestProbe target, TestPeer peer)
    {
        switch (how)
        {
            case "close":
                handle.Socket.Tell(new Close(handle), owner);
                break;
            case "close while on offer":
                Release(owner, handle, target);
                handle.Socket.Tell(new Close(handle), owner);
                break;
            case "handoff":
                Release(owner, handle, target);
                Take(target);
                break;
            case "death":
                Sys.Stop(owner);
                break;
            case "death of the target":
                Release(owner, handle, target);
                Take(target);
                Sys.Stop(target);
                break;
            case "crash":
                handle.Socket.Tell(Kill.Instance);
                break;
            default:
                peer.Reset();
                break;
        }
    }

    private sealed record Crash
    {
        public static Crash Now { get; } = new();
    }

    private sealed record Ask(IActorRef About);

    private sealed class Owner : ReceiveActor
    {
        private readonly IActorRef _log;

        public Owner(IActorRef log)
        {
            _log = log;
            Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
            Receive<Acquired>(acquired => log.Tell(acquired));
            Receive<Released>(released => log.Tell(released));
            Receive<Crash>(_ => throw new CrashException());
            Receive<Ask>(ask => log.Tell(Asked(ask.About)));
            ReceiveAny(_ => { });
        }

        protected override void PostRestart(Exception reason)
        {
            var handles = HandoffExtension.For(Context.System).OwnedBy(Self);
            _log.Tell(handles);
            foreach (var handle in handles) handle.Socket.Tell(new Reattach(handle, Self));
        }

        private static object Asked(IActorRef about)
        {
            try
            {
                return HandoffExtension.For(Context.System).OwnedBy(about);
            }
            catch (InvalidOperationException refused)
            {
                return refused;
            }
        }
    }
}
