using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

// Gets that look in other processes, too, and wait there.
public sealed class HostGetTests(ITestOutputHelper output)
    : HostNameTestKit(output, "handoff.give.max-waiting = 2\n")
{
    [Fact]
    public async Task A_get_that_waits_is_served_by_a_later_give_of_another_process_and_who_came_first_has_it()
    {
        var (giver, one, two) = (CreateTestProbe(), Other.CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Ask(Other.Sockets, one, "x", Minute);
        Settled(Other.Sockets, one);
        Ask(Other.Sockets, two, "X", Minute);
        Settled(Other.Sockets, two);
        Give(giver, first.Handle, "x");
        var acquired = one.ExpectMsg<Acquired>();
        giver.ExpectMsg<Released>();
        two.ExpectNoMsg(TimeSpan.Zero);
        Give(one, acquired.Handle, "x");
        two.ExpectMsg<Acquired>();
    }

    [Fact]
    public async Task A_get_that_waits_for_both_and_is_served_here_never_takes_what_comes_there()
    {
        var (here, there, taker) = (CreateTestProbe(), CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(here);
        var (second, other) = await OwnAsync(there);
        using var _ = peer;
        using var __ = other;
        Give(here, first.Handle, "a");
        var moved = Got(Other.Sockets, taker, "a");
        here.ExpectMsg<Released>();
        var waiter = Other.CreateTestProbe();
        Ask(Other.Sockets, waiter, "x", Minute);
        Settled(Other.Sockets, waiter);
        Give(taker, new Give(moved.Handle, "x"));
        waiter.ExpectMsg<Acquired>();
        taker.ExpectMsg<Released>();
        Give(there, second.Handle, "x");
        Got(Other.Sockets, Other.CreateTestProbe(), "x");
        there.ExpectMsg<Released>();
        waiter.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_get_that_waits_in_vain_is_answered_at_its_deadline_and_one_more_than_may_wait_is_refused()
    {
        var taker = CreateTestProbe();
        Ask(Handoff, taker, "x", Minute);
        var brief = Ask(Handoff, taker, "y", TimeSpan.FromMilliseconds(50));
        Refuses(taker, brief, ResultCode.EETIMEDOUT);
        GetsNothing(Handoff, taker, "z");
        Ask(Handoff, taker, "y", Minute);
        var third = Ask(Handoff, taker, "z", Minute);
        Refuses(taker, third, ResultCode.EEQUOTA);
    }

    [Fact]
    public async Task A_get_of_its_own_system_finds_nothing_that_another_process_gives()
    {
        var (giver, taker) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Give(giver, first.Handle, "x");
        var own = new Get("x", taker);
        Other.Sockets.Sockets.Tell(own, taker);
        Refuses(taker, own, ResultCode.EENAMENOTFOUND);
        Got(Other.Sockets, taker, "x");
    }

    [Fact]
    public async Task A_taker_that_stops_while_it_waits_gets_nothing_from_another_process()
    {
        var (giver, gone) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var asker = Other.CreateTestProbe();
        var get = new Get("x", gone) { Within = Minute, Scope = NameScope.Host };
        Other.Sockets.Sockets.Tell(get, asker);
        Other.Sys.Stop(gone);
        Refuses(asker, get, ResultCode.EEABORTED);
        Give(giver, first.Handle, "x");
        Got(Other.Sockets, asker, "x");
    }

    [Fact]
    public void A_listener_goes_by_its_name_too()
    {
        var (giver, taker) = (CreateTestProbe(), Other.CreateTestProbe());
        var listening = Listen(giver);
        Give(giver, listening.Handle, "front");
        var got = Got(Other.Sockets, taker, "front");
        giver.ExpectMsg<Released>();
        Assert.Equal((SocketKind.Listener, listening.EndPoint), (got.Facts.Kind, got.Facts.Local));
    }

    [Fact]
    public async Task Code_outside_actors_gives_to_another_process_and_gets_from_it()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        var first = await server.AcquireNextAsync();
        await client.Lease.WriteAsync("unread");
        var given = await first.GiveAsync(scope: NameScope.Host, attachment: "note");
        await using var got = await Other.Sockets.GetAsync(given.Name, scope: NameScope.Host);
        Assert.True((await given.Outcome).IsSuccess);
        Assert.Equal("note", got.Attachment);
        Assert.Equal("unread", await got.Lease.ReadTextAsync(6));
    }

    [Theory]
    [InlineData(NameScope.System)]
    [InlineData(NameScope.Host)]
    public async Task A_get_outside_actors_that_is_cancelled_leaves_what_is_given_later(NameScope scope)
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        using var cancelling = new CancellationTokenSource();
        var getting = Handoff.GetAsync("x", Minute, scope, cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => getting);
        Give(giver, new Give(first.Handle, "x") { Scope = scope });
        await using var got = await Handoff.GetAsync("x", scope: scope);
        giver.ExpectMsg<Released>();
    }

    [Fact]
    public async Task A_get_outside_actors_whose_token_is_cancelled_already_asks_nobody()
    {
        var gone = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Handoff.GetAsync("x", Minute, cancellationToken: gone));
    }
}
