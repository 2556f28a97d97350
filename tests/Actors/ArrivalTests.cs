using System.Net;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// The instant between a connection being there and its actor: whoever should take it in stops, crashes or is gone.
public sealed class ArrivalTests : SocketTestKit
{
    private static readonly IPEndPoint Place = new(IPAddress.Loopback, 1);

    private readonly SlowTransport _slow = new();
    private readonly TestProbe _owner;
    private readonly TestProbe _acceptor;

    public ArrivalTests(ITestOutputHelper output)
        : base(output)
    {
        Handoff.AddTransport(_slow);
        (_owner, _acceptor) = (CreateTestProbe(), CreateTestProbe());
    }

    private SlowTransport.Arrivals<Transport.Engine.SocketOr<Transport.Engine.IStreamSocket>> Accepts =>
        _slow.Listener.Accepts;

    [Fact]
    public async Task A_connection_that_is_accepted_after_its_listener_stopped_is_closed()
    {
        var listener = ListenSlowly();
        Watch(listener);
        Sys.Stop(listener);
        ExpectTerminated(listener);
        Assert.True(Accepts.Token.IsCancellationRequested && _slow.Listener.IsClosed);
        await Closes(Accept());
    }

    [Fact]
    public async Task A_connection_that_is_accepted_after_its_listener_was_closed_is_closed()
    {
        Handoff.Sockets.Tell(new Listen(Place, _owner, _acceptor) { Transport = "slow" }, _owner);
        var handle = _owner.ExpectMsg<Listening>().Handle;
        AwaitCondition(() => Accepts.IsAwaited, Patience);
        Watch(handle.Socket);
        handle.Socket.Tell(new Close(handle), _owner);
        _owner.ExpectMsg<Closed>();
        await Closes(Accept());
        ExpectTerminated(handle.Socket);
        _acceptor.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_connection_that_arrives_while_its_listener_stops_is_closed()
    {
        var listener = ListenSlowly();
        using var hurdle = Hurdle.In(listener);
        var stream = Accept();
        Watch(listener);
        Sys.Stop(listener);
        hurdle.Fall();
        ExpectTerminated(listener);
        await Closes(stream);
        _acceptor.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_connection_that_arrives_while_its_listener_crashes_is_offered_once()
    {
        var listener = ListenSlowly();
        using var hurdle = Hurdle.In(listener);
        var stream = Accept();
        EventFilter.Exception<RestartException>().ExpectOne(hurdle.Fail);
        Assert.Equal(listener.Path, _acceptor.ExpectMsg<Offered>().Offer.Socket.Path.Parent);
        AwaitCondition(() => Accepts.IsAwaited, Patience);
        Assert.False(stream.Closed.IsCompleted);
        _acceptor.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_connection_that_is_accepted_after_the_loop_crashed_is_offered()
    {
        var listener = ListenSlowly();
        for (var round = 0; round < 3; round++)
        {
            var loop = await Sys.ActorSelection(listener.Path + "/accept").ResolveOne(Patience);
            Watch(loop);
            loop.Tell(Kill.Instance);
            ExpectTerminated(loop);
            var stream = Accept();
            _acceptor.ExpectMsg<Offered>();
            AwaitCondition(() => Accepts.IsAwaited, Patience);
            Assert.False(stream.Closed.IsCompleted);
        }
    }

    [Fact]
    public async Task A_connection_that_cannot_have_an_actor_is_closed_and_the_next_one_is_accepted()
    {
        var slow = new SlowTransport("no name");
        var listen = new Listen(Place, _owner, _acceptor) { Transport = slow.Name };
        Assert.Throws<ArgumentException>(() => Handoff.AddTransport(slow));
        Sys.ActorOf(ListenerOf(slow, listen));
        _owner.ExpectMsg<Listening>();
        for (var round = 0; round < 3; round++)
        {
            AwaitCondition(() => slow.Listener.Accepts.IsAwaited, Patience);
            var stream = new SlowStream();
            EventFilter.Exception<RestartException>().ExpectOne(
                () => slow.Listener.Accepts.Arrive(new(stream, ResultCode.EESUCCESS)));
            await Closes(stream);
        }
    }

    [Fact]
    public void A_listener_that_cannot_start_is_closed()
    {
        _slow.Listener.Place = () => throw new InvalidOperationException("no place");
        EventFilter.Exception<ActorInitializationException>().ExpectOne(
            () => Sys.ActorOf(ListenerOf(_slow, new Listen(Place, _owner))));
        AwaitCondition(() => _slow.Listener.IsClosed, Patience);
    }

    [Fact]
    public async Task A_connect_under_way_when_the_parent_of_all_sockets_stops_is_refused_and_what_it_brings_closed()
    {
        ConnectSlowly();
        StopTheParent();
        var refused = _owner.ExpectMsg<Refused>();
        Assert.IsType<Connect>(refused.Command);
        Assert.Equal(ResultCode.EEABORTED, refused.Result.Code);
        Assert.True(_slow.Connects.Token.IsCancellationRequested);
        await Closes(Connected());
    }

    [Fact]
    public async Task A_connection_that_was_made_while_the_parent_of_all_sockets_stops_is_closed()
    {
        ConnectSlowly();
        using var entered = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        _slow.Listening = () =>
        {
            entered.Set();
            Assert.True(released.Wait(Patience));
        };
        Handoff.Sockets.Tell(new Listen(Place, _owner) { Transport = "slow" }, _owner);
        Assert.True(entered.Wait(Patience));
        Watch(Handoff.Sockets);
        Handoff.Sockets.Tell(PoisonPill.Instance);
        var stream = Connected();
        released.Set();
        ExpectTerminated(Handoff.Sockets);
        await Closes(stream);
    }

    [Fact]
    public void A_crash_of_the_parent_of_all_sockets_costs_no_connect()
    {
        ConnectSlowly();
        _slow.Listening = () => throw new InvalidOperationException("as told");
        EventFilter.Exception<InvalidOperationException>().ExpectOne(
            () => Handoff.Sockets.Tell(new Listen(Place, _owner) { Transport = "slow" }, _owner));
        var stream = Connected();
        _owner.ExpectMsg<Acquired>();
        Assert.False(stream.Closed.IsCompleted);
    }

    [Fact]
    public async Task What_arrives_after_the_end_of_the_actor_system_is_closed()
    {
        ListenSlowly();
        ConnectSlowly();
        await Sys.Terminate().WaitAsync(Patience);
        await Closes(Accept());
        await Closes(Connected());
    }

    private static async Task Closes(SlowStream stream) => await stream.Closed.WaitAsync(Patience);

    private IActorRef ListenSlowly()
    {
        Handoff.Sockets.Tell(new Listen(Place, _owner, _acceptor) { Transport = "slow" }, _owner);
        var listener = _owner.ExpectMsg<Listening>().Handle.Socket;
        AwaitCondition(() => Accepts.IsAwaited, Patience);
        return listener;
    }

    private void ConnectSlowly()
    {
        Handoff.Sockets.Tell(new Connect(Place, _owner) { Transport = "slow" }, _owner);
        AwaitCondition(() => _slow.Connects.IsAwaited, Patience);
    }

    private SlowStream Accept()
    {
        var stream = new SlowStream();
        Accepts.Arrive(new(stream, ResultCode.EESUCCESS));
        return stream;
    }

    private SlowStream Connected()
    {
        var stream = new SlowStream();
        _slow.Connects.Arrive(_slow.Connected(stream));
        return stream;
    }

    private void StopTheParent()
    {
        Watch(Handoff.Sockets);
        Sys.Stop(Handoff.Sockets);
        ExpectTerminated(Handoff.Sockets);
    }

    private Props ListenerOf(SlowTransport transport, Listen listen)
    {
        var opened = transport.Listen(listen.EndPoint, 1).Listener!;
        var filters = new FilterRoom(Handoff.Settings.AcceptFilters, listen.AcceptFilter);
        var owned = new OwnedListener(1, transport.Name, new AcceptSource.OfStreams(opened), filters, maxWaiting: 10);
        return ListenerActor.Props(1, listen, owned, new SocketCounts(), Handoff.Rules);
    }
}
