using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

public sealed class GetTests(ITestOutputHelper output)
    : NameTestKit(output, "handoff.give { max-names = 2, max-waiting = 3 }")
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_get_waits_for_a_give_and_the_first_to_wait_has_it()
    {
        var (giver, one, two) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Ask(one, "x", Minute);
        Ask(two, "X", Minute);
        Settled();
        Give(giver, first.Handle, "x");
        var acquired = one.ExpectMsg<Acquired>();
        giver.ExpectMsg<Released>();
        two.ExpectNoMsg(TimeSpan.Zero);
        Give(one, acquired.Handle, "x");
        two.ExpectMsg<Acquired>();
    }

    [Fact]
    public void A_get_that_waits_in_vain_is_answered_at_its_deadline()
    {
        var taker = CreateTestProbe();
        var get = Ask(taker, "x", Minute);
        Settled();
        Time.Advance(Minute - TimeSpan.FromSeconds(1));
        taker.ExpectNoMsg(TimeSpan.Zero);
        Time.Advance(TimeSpan.FromSeconds(1));
        Refuses(taker, get, ResultCode.EETIMEDOUT);
    }

    [Fact]
    public async Task A_taker_that_stops_while_it_waits_gets_nothing()
    {
        var (giver, gone, next) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var asker = CreateTestProbe();
        var get = new Get("x", gone) { Within = Minute };
        Handoff.Sockets.Tell(get, asker);
        Sys.Stop(gone);
        Refuses(asker, get, ResultCode.EEABORTED);
        Give(giver, first.Handle, "x");
        Got(next, "x");
    }

    [Fact]
    public void More_gets_than_may_wait_are_refused()
    {
        var takers = Enumerable.Range(0, 3).Select(_ => CreateTestProbe()).ToList();
        var gets = takers.ConvertAll(taker => Ask(taker, "x", Minute));
        Settled();
        GetsNothing(CreateTestProbe(), "y", ResultCode.EEQUOTA);
        Time.Advance(Minute);
        for (var i = 0; i < 3; i++) Refuses(takers[i], gets[i], ResultCode.EETIMEDOUT);
        GetsNothing(CreateTestProbe(), "y");
    }

    [Fact]
    public async Task T55_a_full_table_is_an_error_of_its_own_and_a_name_that_is_freed_makes_room()
    {
        List<(TestProbe Owner, Acquired Acquired, TestPeer Peer)> owners = [];
        for (var i = 0; i < 3; i++)
        {
            var owner = CreateTestProbe();
            var (acquired, peer) = await OwnAsync(owner);
            owners.Add((owner, acquired, peer));
        }

        Give(owners[0].Owner, owners[0].Acquired.Handle, "a");
        Give(owners[1].Owner, owners[1].Acquired.Handle, "b");
        var third = new Give(owners[2].Acquired.Handle, "c");
        third.Handle.Socket.Tell(third, owners[2].Owner);
        Refuses(owners[2].Owner, third, ResultCode.EEGIVETABLEFULL);
        Assert.Equal(["a", "b"], Names().Select(given => given.Name!));
        Got(CreateTestProbe(), "a");
        Give(owners[2].Owner, owners[2].Acquired.Handle, "c");
        owners.ForEach(each => each.Peer.Dispose());
    }

    [Fact]
    public async Task T55_a_giver_that_dies_first_closes_the_socket_and_frees_the_name()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Give(giver, first.Handle, "x");
        Sys.Stop(giver);
        Assert.Empty(await peer.ReceiveToEndAsync());
        GetsNothing(CreateTestProbe(), "x");
        Assert.Empty(Names());
    }

    [Fact]
    public async Task T55_a_giver_that_dies_first_leaves_the_socket_to_the_heir_of_the_give()
    {
        var (giver, heir) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        await peer.SendAsync("estate");
        Give(giver, new Give(first.Handle, "x") { Heir = heir });
        Sys.Stop(giver);
        Assert.Equal("estate", await Take(heir).Lease.ReadTextAsync(6));
        GetsNothing(CreateTestProbe(), "x");
    }

    [Fact]
    public async Task The_heir_of_a_give_that_failed_is_no_heir_any_more()
    {
        var (giver, heir) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var (give, _) = Give(giver, new Give(first.Handle, "x") { Heir = heir });
        first.Handle.Socket.Tell(new Revoke(first.Handle, give), giver);
        giver.ExpectMsg<ReleaseFailed>();
        Sys.Stop(giver);
        Assert.Empty(await peer.ReceiveToEndAsync());
        heir.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_socket_whose_actor_crashes_frees_its_name_and_who_gets_it_is_told()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Give(giver, first.Handle, "x");
        Sys.Stop(first.Handle.Socket);
        giver.ExpectMsg<ReleaseFailed>();
        giver.ExpectMsg<Closed>();
        GetsNothing(CreateTestProbe(), "x");
    }

    [Fact]
    public void A_get_without_a_name_or_an_owner_is_refused()
    {
        var asker = CreateTestProbe();
        foreach (var get in new[]
        {
            new Get(null!, asker), new Get("x", null!), new Get("x", asker) { Reading = null! },
        })
        {
            Handoff.Sockets.Tell(get, asker);
            Refuses(asker, get, ResultCode.EEBADDATA);
        }

        var endless = Ask(asker, "x", TimeSpan.FromDays(1));
        Refuses(asker, endless, ResultCode.EEQUOTA);
    }

    // What was told to the sockets' actor before has arrived at the names.
    private void Settled() => Names();
}
