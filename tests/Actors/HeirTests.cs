using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// Who is asked when an owner stops for good: nobody, unless one was named.
public sealed class HeirTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Theory]
    [InlineData("in Acquire")]
    [InlineData("in Connect")]
    [InlineData("by SetHeir")]
    public async Task An_heir_is_offered_the_socket_and_acquires_what_was_left_unread(string named)
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner, heir, named);
        using var _ = peer;
        await peer.SendAsync("onetwo");
        Assert.Equal("one", await first.Lease.ReadTextAsync(3));
        await first.Lease.WriteAsync("1");
        var open = await first.Lease!.Input.ReadAtLeastAsync(3);
        Sys.Stop(owner);
        var offered = heir.ExpectMsg<Offered>();
        Assert.Null(offered.From);
        Assert.Equal(3, offered.Facts.Unread);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, heir), heir);
        var second = heir.ExpectMsg<Acquired>();
        Assert.Equal((2L, 3L, 1L), (second.Handle.Epoch, second.Consumed, second.Written));
        Assert.Equal("two", await second.Lease.ReadTextAsync(3));
        Assert.Throws<SocketFailedException>(() => first.Lease.Input.AdvanceTo(open.Buffer.End));
        await second.Lease.WriteAsync("2");
        Assert.Equal("12", await peer.ReceiveTextAsync(2));
    }

    [Theory]
    [InlineData("declines", OfferOutcome.Declined)]
    [InlineData("does not answer", OfferOutcome.TimedOut)]
    [InlineData("stops", OfferOutcome.None)]
    [InlineData("was dead already", OfferOutcome.None)]
    public async Task An_heir_that_does_not_acquire_leaves_what_was_accepted_to_be_sent_and_the_socket_closes(
        string heirs, OfferOutcome outcome)
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, heir, "in Acquire");
        using var _ = peer;
        await acquired.Lease.WriteAsync("last words");
        Watch(acquired.Handle.Socket);
        if (heirs == "was dead already") Sys.Stop(heir);
        Sys.Stop(owner);
        if (heirs != "was dead already") Answer(heirs, heir, outcome);
        Assert.Equal("last words"u8.ToArray(), await peer.ReceiveToEndAsync());
        peer.Dispose();
        ExpectTerminated(acquired.Handle.Socket);
    }

    [Fact]
    public async Task An_heir_named_in_a_release_is_one_for_this_offer_only()
    {
        var (owner, target, heir) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target) { Heir = heir }, owner);
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target);
        owner.ExpectMsg<ReleaseFailed>();
        Sys.Stop(owner);
        Assert.Empty(await peer.ReceiveToEndAsync());
        heir.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_heir_named_in_a_release_is_asked_when_owner_and_target_are_gone()
    {
        var (owner, target, heir) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("kept");
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target) { Heir = heir }, owner);
        target.ExpectMsg<Offered>();
        Sys.Stop(owner);
        AwaitCondition(() => StatusOf(CreateTestProbe(), acquired.Handle.Socket).State == "Bequeathed", Patience);
        Sys.Stop(target);
        var second = Take(heir);
        Assert.Equal(2, second.Handle.Epoch);
        Assert.Equal("kept", await second.Lease.ReadTextAsync(4));
    }

    [Fact]
    public async Task The_heir_of_one_owner_is_not_the_next_owners()
    {
        var (owner, next, heir) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, heir, "in Acquire");
        using var _ = peer;
        Release(owner, acquired.Handle, next);
        Take(next);
        Sys.Stop(next);
        Assert.Empty(await peer.ReceiveToEndAsync());
        heir.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_heir_that_was_taken_back_is_not_asked()
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, heir, "in Acquire");
        using var _ = peer;
        acquired.Handle.Socket.Tell(new SetHeir(acquired.Handle, null), owner);
        owner.ExpectMsg<Confirmed>();
        Sys.Stop(owner);
        Assert.Empty(await peer.ReceiveToEndAsync());
        heir.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_restart_asks_no_heir_and_the_heir_is_still_one_after_it()
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, heir, "in Acquire");
        using var _ = peer;
        Reattach(owner, acquired.Handle);
        heir.ExpectNoMsg(TimeSpan.Zero);
        Sys.Stop(owner);
        Assert.Equal(3, Take(heir).Handle.Epoch);
    }

    private void Answer(string how, TestProbe heir, OfferOutcome outcome)
    {
        var offered = heir.ExpectMsg<Offered>();
        switch (how)
        {
            case "declines":
                offered.Offer.Socket.Tell(new Decline(offered.Offer, heir, "no"), heir);
                break;
            case "does not answer":
                Time.Advance(offered.Within);
                break;
            default:
                Sys.Stop(heir);
                return;
        }

        Assert.Equal(outcome, heir.ExpectMsg<Withdrawn>().Outcome);
    }

    private async Task<(Acquired Acquired, TestPeer Peer)> OwnAsync(TestProbe owner, IActorRef heir, string named)
    {
        if (named == "in Connect") return await ConnectedAsync(owner, heir);
        var listening = Listen(CreateTestProbe(), owner);
        var peer = await ConnectAsync(listening);
        var offered = owner.ExpectMsg<Offered>();
        var acquire = new Acquire(offered.Offer, owner) { Heir = named == "in Acquire" ? heir : null };
        offered.Offer.Socket.Tell(acquire, owner);
        var acquired = owner.ExpectMsg<Acquired>();
        if (named != "by SetHeir") return (acquired, peer);
        var set = new SetHeir(acquired.Handle, heir);
        acquired.Handle.Socket.Tell(set, owner);
        Assert.Same(set, owner.ExpectMsg<Confirmed>().Command);
        return (acquired, peer);
    }

    private async Task<(Acquired Acquired, TestPeer Peer)> ConnectedAsync(TestProbe owner, IActorRef heir)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Handoff.Sockets.Tell(new Connect(listener.LocalEndPoint!, owner) { Heir = heir }, owner);
        var peer = new TestPeer(await listener.AcceptAsync());
        return (owner.ExpectMsg<Acquired>(), peer);
    }
}
