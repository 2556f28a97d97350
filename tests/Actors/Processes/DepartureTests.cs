using Akka.Actor;
using Akka.TestKit;
using Handoff.Actors.Tests.Policies;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// The test is the carrier: what happens between the stop of a socket and the word of who has it, one thing at a time.
public sealed class DepartureTests(ITestOutputHelper output) : SocketTestKit(output)
{
    private static readonly SocketResult Why = new(ResultCode.EETIMEDOUT, "the other side was slow");

    private readonly TaskCompletionSource _recalled = new();

    [Fact]
    public async Task A_deadline_waits_for_the_word_and_asks_for_the_socket_back()
    {
        var (owner, carrier) = (CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        var release = Release(owner, held.Handle, carrier);
        var (departure, cargo) = await DepartAsync(carrier);
        Time.Advance(Handoff.Settings.OfferTimeout);
        await _recalled.Task.WaitAsync(Patience);
        owner.ExpectNoMsg(TimeSpan.Zero);
        departure.End(cargo, isGone: false, Why);
        Assert.Equal((release, OfferOutcome.TimedOut), Failure(owner));
        await held.Lease.WriteAsync("on");
        Assert.Equal("on", await peer.ReceiveTextAsync(2));
    }

    [Fact]
    public async Task A_deadline_is_nothing_to_a_socket_that_is_gone()
    {
        var (owner, carrier) = (CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, held.Handle, carrier);
        var (departure, cargo) = await DepartAsync(carrier);
        Time.Advance(Handoff.Settings.OfferTimeout);
        await _recalled.Task.WaitAsync(Patience);
        departure.End(cargo, isGone: true, SocketResult.Success);
        owner.ExpectMsg<Released>();
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_another_target_says_does_not_take_it_back()
    {
        var (owner, carrier, other) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        held.Handle.Socket.Tell(new Release(held.Handle, OfferMode.AtOnce, carrier, other), owner);
        var toOther = other.ExpectMsg<Offered>().Offer;
        var (departure, cargo) = await DepartAsync(carrier);
        toOther.Socket.Tell(new Decline(toOther, other, "not me"), other);
        Sys.Stop(other);
        StatusOf(CreateTestProbe(), held.Handle.Socket);
        Assert.False(_recalled.Task.IsCompleted);
        departure.End(cargo, isGone: true, SocketResult.Success);
        owner.ExpectMsg<Released>();
    }

    [Fact]
    public async Task Another_target_that_acquires_has_the_socket_if_it_stays()
    {
        var (owner, carrier, other) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        held.Handle.Socket.Tell(new Release(held.Handle, OfferMode.AtOnce, carrier, other), owner);
        var toOther = other.ExpectMsg<Offered>().Offer;
        var (departure, cargo) = await DepartAsync(carrier);
        toOther.Socket.Tell(new Acquire(toOther, other), other);
        StatusOf(CreateTestProbe(), held.Handle.Socket);
        departure.End(cargo, isGone: false, Why);
        other.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();
    }

    [Fact]
    public async Task What_has_waited_is_judged_by_policy_once_and_carried_out_before_what_comes_later()
    {
        using var barrier = new ManualResetEventSlim();
        var policy = new TestPolicy();
        Handoff.UsePolicy(policy);
        var (owner, carrier, other) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        var release = new Release(held.Handle, OfferMode.AtOnce, carrier, other);
        held.Handle.Socket.Tell(release, owner);
        var toOther = other.ExpectMsg<Offered>().Offer;
        var (departure, cargo) = await DepartAsync(carrier);
        toOther.Socket.Tell(new Acquire(toOther, other), other);

        // In the socket's mailbox together: the word that it stays, and what would take it back.
        policy.RefuseIf(question => question.Does(SocketOperations.Write) && !barrier.Wait(Patience));
        held.Handle.Socket.Tell(new Write(held.Handle, "late"u8.ToArray()), owner);
        departure.End(cargo, isGone: false, Why);
        var revoke = new Revoke(held.Handle, release);
        held.Handle.Socket.Tell(revoke, owner);
        barrier.Set();
        Assert.Equal(ResultCode.EESOCKRLSD, owner.ExpectMsg<Refused>().Result.Code);
        other.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();
        Assert.Same(revoke, owner.ExpectMsg<Refused>().Command);
        Assert.Single(policy.Questions, question =>
            question.Does(SocketOperations.Acquire) && other.Ref.Equals(question.NewOwner));
    }

    [Fact]
    public async Task An_owner_that_stops_does_not_take_it_back_and_its_heir_has_what_stays()
    {
        var (owner, carrier, heir) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        held.Handle.Socket.Tell(new Release(held.Handle, carrier) { Heir = heir }, owner);
        var (departure, cargo) = await DepartAsync(carrier);
        carrier.Watch(owner);
        Sys.Stop(owner);
        carrier.ExpectTerminated(owner);
        StatusOf(CreateTestProbe(), held.Handle.Socket);
        Assert.False(_recalled.Task.IsCompleted);
        departure.End(cargo, isGone: false, Why);
        Take(heir);
    }

    [Fact]
    public async Task A_close_waits_for_the_word_and_is_carried_out_if_the_socket_stays()
    {
        var (owner, carrier) = (CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, held.Handle, carrier);
        var (departure, cargo) = await DepartAsync(carrier);
        held.Handle.Socket.Tell(new Close(held.Handle), owner);
        await _recalled.Task.WaitAsync(Patience);
        departure.End(cargo, isGone: false, Why);
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.FinishSending();
        owner.FishForMessage(message => message is Closed);
    }

    [Fact]
    public async Task More_commands_than_may_wait_are_refused_and_the_owner_is_still_heard()
    {
        const int Most = 32;
        var (owner, carrier) = (CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        var release = Release(owner, held.Handle, carrier);
        var (departure, cargo) = await DepartAsync(carrier);
        var (flood, asker) = ((Acquire)departure.Command, CreateTestProbe());
        for (var i = 0; i <= Most; i++) flood.Offer.Socket.Tell(flood, asker);
        Assert.Equal(ResultCode.EEBUSY, asker.ExpectMsg<Refused>().Result.Code);
        held.Handle.Socket.Tell(new Revoke(held.Handle, release), owner);
        await _recalled.Task.WaitAsync(Patience);
        departure.End(cargo, isGone: true, SocketResult.Success);
        owner.ExpectMsg<Released>();
    }

    [Fact]
    public async Task One_departure_at_a_time_and_the_second_is_declined()
    {
        var (owner, carrier, other) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        held.Handle.Socket.Tell(new Release(held.Handle, OfferMode.AtOnce, carrier, other), owner);
        var (departure, cargo) = await DepartAsync(carrier);
        var second = Departure(other);
        Assert.Equal(ResultCode.EEBUSY, (await second.BeginAsync()).Result.Code);
        Assert.False(second.IsTakenOn);
        departure.End(cargo, isGone: true, SocketResult.Success);
        owner.ExpectMsg<Released>();
    }

    [Fact]
    public async Task A_system_that_ends_meanwhile_does_nothing_to_a_connection_that_is_gone()
    {
        var (owner, carrier) = (CreateTestProbe(), CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, held.Handle, carrier);
        var (departure, cargo) = await DepartAsync(carrier);
        owner.Watch(held.Handle.Socket);
        Sys.Stop(held.Handle.Socket);
        owner.FishForMessage(message => message is Closed);
        owner.ExpectTerminated(held.Handle.Socket);
        departure.End(cargo, isGone: false, Why);

        // What was asked while it was lent is carried out now.
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(peer.ReceiveToEndAsync);
    }

    private Departure Departure(TestProbe carrier)
    {
        var offered = carrier.ExpectMsg<Offered>();
        return new Departure(offered.Offer.Socket, new Acquire(offered.Offer, carrier), default)
        {
            Recall = () => _recalled.TrySetResult(),
        };
    }

    private async Task<(Departure Departure, Cargo Cargo)> DepartAsync(TestProbe carrier)
    {
        var departure = Departure(carrier);
        var (cargo, result) = await departure.BeginAsync().WaitAsync(Patience);
        Assert.True(result.IsSuccess, result.ToString());
        return (departure, cargo!);
    }

    private static (Release Release, OfferOutcome Outcome) Failure(TestProbe owner)
    {
        var failed = owner.ExpectMsg<ReleaseFailed>();
        return (failed.Release, failed.Outcome);
    }
}
