using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Policies;

public sealed class PolicyTests : SocketTestKit
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private readonly TestPolicy _policy = new();

    public PolicyTests(ITestOutputHelper output)
        : base(output) => Handoff.UsePolicy(_policy);

    [Fact]
    public async Task Each_command_is_asked_about_once_with_the_credential_of_its_socket()
    {
        var (owner, target, acceptor) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Handoff.Sockets.Tell(new Listen(AnyPort, owner, acceptor) { Credential = "alice" }, owner);
        var listening = owner.ExpectMsg<Listening>();
        using var peer = await ConnectAsync(listening);
        var first = Take(acceptor);
        var release = Release(acceptor, first.Handle, target);
        var second = Take(target, Reading.Once);
        target.Send(second.Handle.Socket, new Write(second.Handle, new byte[1]));
        target.ExpectMsg<Written>();
        target.Send(second.Handle.Socket, new SetHeir(second.Handle, owner));
        target.ExpectMsg<Confirmed>();
        target.Send(second.Handle.Socket, new FinishSending(second.Handle));
        target.ExpectMsg<Confirmed>();
        var third = Reattach(target, second.Handle);
        target.Send(third.Handle.Socket, new Abort(third.Handle));
        target.ExpectMsg<Closed>();
        (SocketOperations, IActorRef?, IActorRef?)[] expected =
        [
            (SocketOperations.Create | SocketOperations.Bind | SocketOperations.Listen, null, owner),
            (SocketOperations.Accept, owner, acceptor),
            (SocketOperations.Acquire | SocketOperations.Write, null, acceptor),
            (SocketOperations.Release, acceptor, null),
            (SocketOperations.Acquire, acceptor, target),
            (SocketOperations.Write, target, null),
            (SocketOperations.SetHeir, target, owner),
            (SocketOperations.Shutdown, target, null),
            (SocketOperations.Reattach, target, target),
            (SocketOperations.Close, target, null),
        ];
        Assert.Equal(expected, _policy.Questions.Select(asked => (asked.Operations, asked.Owner, asked.NewOwner)));
        Assert.All(_policy.Questions, asked => Assert.Equal(("alice", "tcp"), (asked.Credential, asked.Transport)));
        Assert.Equal(release.Targets, _policy.Questions.Single(asked => asked.Targets is not null).Targets);
        Assert.Equal(peer.Socket.LocalEndPoint, _policy.Questions.ElementAt(1).Address);
        Assert.Equal(peer.Socket.LocalEndPoint, _policy.Questions.ElementAt(2).Socket!.Remote);
    }

    [Fact]
    public async Task What_policy_refuses_has_no_effect_and_its_reason_is_told()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        using var _ = peer;
        var socket = acquired.Handle.Socket;
        var before = StatusOf(owner, socket);
        foreach (var (command, operation) in new (object, SocketOperations)[]
        {
            (new Release(acquired.Handle, target), SocketOperations.Release),
            (new Write(acquired.Handle, new byte[1]), SocketOperations.Write),
            (new ReadBy(acquired.Handle, Reading.Lease), SocketOperations.Write),
            (new FinishSending(acquired.Handle), SocketOperations.Shutdown),
            (new Shutdown(acquired.Handle, SocketShutdown.Both), SocketOperations.Shutdown),
            (new SetOption(acquired.Handle, SocketOption.NoDelay(false)), SocketOperations.SetOption),
            (new SetRawOption(acquired.Handle, 6, 1, new byte[4]), SocketOperations.SetOption),
            (new SetHeir(acquired.Handle, target), SocketOperations.SetHeir),
            (new Reattach(acquired.Handle, owner), SocketOperations.Reattach),
            (new Close(acquired.Handle), SocketOperations.Close),
            (new Abort(acquired.Handle), SocketOperations.Close),
        })
        {
            _policy.Refuse(operation);
            socket.Tell(command, owner);
            var refused = owner.ExpectMsg<Refused>();
            Assert.Equal((command, ResultCode.EESECURITY), (refused.Command, refused.Result.Code));
            Assert.Contains("because the test says so", refused.Result.Reason, StringComparison.Ordinal);
        }

        Assert.Equivalent(before, StatusOf(owner, socket));
        target.ExpectNoMsg(TimeSpan.Zero);
        _policy.Refuse(SocketOperations.None);
        socket.Tell(new Write(acquired.Handle, "ok"u8.ToArray()), owner);
        Assert.Equal("ok", await peer.ReceiveTextAsync(2));
    }

    [Fact]
    public async Task A_release_that_policy_refuses_pushes_nothing_back()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("abc");
        Assert.Equal("abc", await acquired.Lease.ReadTextAsync(3));
        _policy.Refuse(SocketOperations.Release);
        var release = new Release(acquired.Handle, owner) { PushBack = "c"u8.ToArray() };
        acquired.Handle.Socket.Tell(release, owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal(0, StatusOf(owner, acquired.Handle.Socket).Facts.Unread);
    }

    [Fact]
    public async Task An_acquire_that_policy_refuses_leaves_the_offer_standing()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        _policy.RefuseIf(asked => asked.Does(SocketOperations.Acquire) && asked.NewOwner!.Equals(target.Ref));
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        Assert.Equal(ResultCode.EESECURITY, target.ExpectMsg<Refused>().Result.Code);
        Assert.Equal("Offered", StatusOf(owner, acquired.Handle.Socket).State);
        Time.Advance(offered.Within);
        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);
    }

    [Fact]
    public async Task Policy_is_asked_before_any_other_check()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, first.Handle, target);
        Take(target);
        owner.ExpectMsg<Released>();
        _policy.RefuseIf(_ => true);
        first.Handle.Socket.Tell(new Release(first.Handle, target), owner);
        Assert.Contains("because", owner.ExpectMsg<Refused>().Result.Reason, StringComparison.Ordinal);
        var nowhere = new Connect(AnyPort, ActorRefs.Nobody) { Transport = "carrier-pigeon", Within = TimeSpan.Zero };
        Handoff.Sockets.Tell(nowhere, owner);
        Assert.Contains("because", owner.ExpectMsg<Refused>().Result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_is_not_opened_for_who_may_not_write_but_messages_are()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        _policy.Refuse(SocketOperations.Write);
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        Assert.Equal(ResultCode.EESECURITY, target.ExpectMsg<Refused>().Result.Code);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target) { Reading = Reading.Once }, target);
        var second = target.ExpectMsg<Acquired>();
        await peer.SendAsync("read");
        Assert.Equal(4, target.ExpectMsg<Received>().Bytes.Length);
        second.Handle.Socket.Tell(new Write(second.Handle, new byte[1]), target);
        Assert.Equal(ResultCode.EESECURITY, target.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public void A_listener_that_policy_refuses_is_not_made()
    {
        var owner = CreateTestProbe();
        _policy.Refuse(SocketOperations.Bind);
        var free = FreePort();
        Handoff.Sockets.Tell(new Listen(free, owner) { Credential = 7 }, owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        var asked = Assert.Single(_policy.Questions);
        Assert.Equal((free, 7, owner.Ref), (asked.Address, asked.Credential, asked.NewOwner));
        Assert.Null(asked.Socket);
        _policy.Refuse(SocketOperations.None);
        Handoff.Sockets.Tell(new Listen(free, owner), owner);
        owner.ExpectMsg<Listening>();
    }

    [Fact]
    public async Task A_connect_that_policy_refuses_reaches_nobody()
    {
        var owner = CreateTestProbe();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(AnyPort);
        listener.Listen();
        _policy.RefuseIf(asked => Equals(asked.Credential, "mallory"));
        var connect = new Connect(listener.LocalEndPoint!, owner) { Credential = "mallory" };
        Handoff.Sockets.Tell(connect, owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        Handoff.Sockets.Tell(connect with { Credential = "alice" }, owner);
        var acquired = owner.ExpectMsg<Acquired>();
        using var peer = await listener.AcceptAsync();
        Assert.Equal(peer.RemoteEndPoint, acquired.Facts.Local);
        Assert.False(listener.Poll(0, SelectMode.SelectRead));
        acquired.Handle.Socket.Tell(new SetHeir(acquired.Handle, owner), owner);
        owner.ExpectMsg<Confirmed>();
        Assert.Equal(["mallory", "alice", "alice"], _policy.Questions.Select(asked => asked.Credential));
    }

    [Fact]
    public async Task A_policy_that_throws_refuses_and_is_logged_and_the_socket_lives()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        _policy.RefuseIf(_ => throw new InvalidOperationException("the rule book is on fire"));
        EventFilter.Exception<InvalidOperationException>(start: "the rule book").ExpectOne(() =>
        {
            acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
            var refused = owner.ExpectMsg<Refused>();
            Assert.Equal(ResultCode.EESECURITY, refused.Result.Code);
            Assert.Contains("TestPolicy failed", refused.Result.Reason, StringComparison.Ordinal);
        });
        _policy.Refuse(SocketOperations.None);
        Assert.Equal("Held", StatusOf(owner, acquired.Handle.Socket).State);
    }

    [Fact]
    public async Task A_reattach_that_policy_refuses_is_no_attempt_to_get_over_poison()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("poison");
        AwaitCondition(() => StatusOf(owner, acquired.Handle.Socket).Facts.Unread > 0, Patience);
        _policy.Refuse(SocketOperations.Reattach);
        for (var i = 0; i <= Handoff.Settings.MaxReattach; i++)
        {
            acquired.Handle.Socket.Tell(new Reattach(acquired.Handle, owner), owner);
            Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        }

        _policy.Refuse(SocketOperations.None);
        Assert.Equal(2, Reattach(owner, acquired.Handle).Handle.Epoch);
    }

    [Fact]
    public void Nothing_is_asked_about_status_and_what_gives_credit()
    {
        Assert.Equal(SocketOperations.None, Sockets.Operations.Of(GetStatus.Instance));
        Assert.Equal(SocketOperations.None, Sockets.Operations.Of(new Consumed(null!, 0)));
        Assert.Equal(SocketOperations.None, Sockets.Operations.Of(new Decline(null!, ActorRefs.Nobody, "no")));
    }

    // A command that is forgotten there would be asked about as Other.
    [Fact]
    public void Every_command_of_an_owner_has_its_word()
    {
        var commands = typeof(ISocketCommand).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(ISocketCommand)) && !type.IsInterface)
            .Select(System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject)
            .ToArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.NotEqual(SocketOperations.Other, Sockets.Operations.Of(command)));
    }

    private static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(AnyPort);
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
