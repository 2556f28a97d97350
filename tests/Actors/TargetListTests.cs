using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// Offers to several targets: one after the other, at the same time, or to whoever they are forwarded to.
public sealed class TargetListTests : SocketTestKit
{
    private readonly ITestOutputHelper _output;

    private static readonly TimeSpan Total = TimeSpan.FromSeconds(9);

    public TargetListTests(ITestOutputHelper output)
        : base(output) => _output = output;

    [Fact]
    public async Task In_order_the_next_target_is_asked_when_one_declines_or_stops_and_the_owner_hears_the_last()
    {
        var (owner, targets) = (CreateTestProbe(), Probes(4));
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;

        // The third is dead before its turn comes.
        Watch(targets[2]);
        Sys.Stop(targets[2]);
        ExpectTerminated(targets[2]);
        Offer(owner, acquired.Handle, OfferMode.InOrder, targets);
        Decline(targets[0]);
        targets[1].ExpectMsg<Offered>();
        targets[3].ExpectNoMsg(TimeSpan.Zero);
        Sys.Stop(targets[1]);
        Decline(targets[3]);
        var failed = owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal(OfferOutcome.Declined, failed.Outcome);
        owner.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal("Held", StatusOf(owner, acquired.Handle.Socket).State);
    }

    [Fact]
    public async Task In_order_each_target_has_its_share_of_the_time_and_no_more()
    {
        var (owner, targets) = (CreateTestProbe(), Probes(3));
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Offer(owner, acquired.Handle, OfferMode.InOrder, targets);
        foreach (var target in targets)
        {
            Assert.Equal(Total / 3, target.ExpectMsg<Offered>().Within);
            Time.Advance((Total / 3) - TimeSpan.FromMilliseconds(1));
            Assert.Equal([target.Ref], StatusOf(CreateTestProbe(), acquired.Handle.Socket).Targets);
            Time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(OfferOutcome.TimedOut, target.ExpectMsg<Withdrawn>().Outcome);
        }

        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);
        Assert.All(targets, target => target.ExpectNoMsg(TimeSpan.Zero));
    }

    [Fact]
    public async Task In_order_a_target_whose_turn_is_over_cannot_acquire_any_more_and_the_next_one_can()
    {
        var (owner, targets) = (CreateTestProbe(), Probes(2));
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Offer(owner, acquired.Handle, OfferMode.InOrder, targets);
        var late = targets[0].ExpectMsg<Offered>();
        Time.Advance(late.Within);
        targets[0].ExpectMsg<Withdrawn>();
        targets[0].Send(late.Offer.Socket, new Acquire(late.Offer, targets[0]));
        Assert.Equal(ResultCode.EESECURITY, targets[0].ExpectMsg<Refused>().Result.Code);
        Take(targets[1]);
        Assert.Equal(targets[1].Ref, owner.ExpectMsg<Released>().Owner);
    }

    [Fact]
    public async Task In_order_the_next_target_is_asked_also_when_the_owner_has_stopped()
    {
        var (owner, targets) = (CreateTestProbe(), Probes(2));
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Offer(owner, acquired.Handle, OfferMode.InOrder, targets);
        Sys.Stop(owner);
        AwaitCondition(() => StatusOf(CreateTestProbe(), acquired.Handle.Socket).State == "Bequeathed", Patience);
        Decline(targets[0]);
        Assert.Equal(2, Take(targets[1]).Handle.Epoch);
    }

    [Fact]
    public async Task At_once_the_first_to_acquire_wins_and_each_of_the_others_is_told_once()
    {
        var (owner, targets) = (CreateTestProbe(), Probes(4));
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Offer(owner, acquired.Handle, OfferMode.AtOnce, targets);
        Decline(targets[0]);
        targets[1].ExpectMsg<Offered>();
        var slow = targets[2].ExpectMsg<Offered>();
        Assert.Equal(Total, slow.Within);
        Take(targets[3]);
        Assert.Equal(targets[3].Ref, owner.ExpectMsg<Released>().Owner);
        Assert.Equal(OfferOutcome.Lost, targets[1].ExpectMsg<Withdrawn>().Outcome);
        Assert.Equal(OfferOutcome.Lost, targets[2].ExpectMsg<Withdrawn>().Outcome);
        targets[2].Send(slow.Offer.Socket, new Acquire(slow.Offer, targets[2]));
        Assert.Equal(ResultCode.EESOCKNOTRLSD, targets[2].ExpectMsg<Refused>().Result.Code);
        Time.Advance(Total);
        Assert.Equal("Held", StatusOf(owner, acquired.Handle.Socket).State);
        TestProbe[] all = [owner, .. targets];
        Assert.All(all, probe => probe.ExpectNoMsg(TimeSpan.Zero));
    }

    [Fact]
    public async Task At_once_the_offer_is_over_when_nobody_is_left_or_the_time_is()
    {
        var (owner, targets) = (CreateTestProbe(), Probes(2));
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Offer(owner, acquired.Handle, OfferMode.AtOnce, targets);
        Decline(targets[0]);
        owner.ExpectNoMsg(TimeSpan.Zero);
        targets[1].ExpectMsg<Offered>();
        Time.Advance(Total);
        Assert.Equal(OfferOutcome.TimedOut, targets[1].ExpectMsg<Withdrawn>().Outcome);
        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);

        Offer(owner, acquired.Handle, OfferMode.AtOnce, targets);
        targets[0].ExpectMsg<Offered>();
        Sys.Stop(targets[0]);
        AwaitCondition(
            () => StatusOf(CreateTestProbe(), acquired.Handle.Socket).Targets.Count == 1, Patience);
        Decline(targets[1]);
        Assert.Equal(OfferOutcome.Declined, owner.ExpectMsg<ReleaseFailed>().Outcome);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task At_once_exactly_one_of_two_that_race_acquires_ten_thousand_times()
    {
        const int Rounds = 10_000;
        var (owner, log) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        using var _ = peer;
        IActorRef[] racers = [.. Enumerable.Range(0, 2).Select(_ => Sys.ActorOf(Props.Create(() => new Racer(log))))];
        foreach (var racer in racers) racer.Tell(new Racer.Start(racers, Rounds));
        owner.Send(acquired.Handle.Socket, new Release(acquired.Handle, OfferMode.AtOnce, racers));
        Racer.Score[] scores = [log.ExpectMsg<Racer.Score>(Patience), log.ExpectMsg<Racer.Score>(Patience)];
        _output.WriteLine(string.Join(", ", scores.Select(score => score.ToString())));
        Assert.Equal(Rounds, scores.Sum(score => score.Won));
        Assert.Equal(Rounds, scores.Sum(score => score.Lost));
        Assert.Equal(Rounds + 1, StatusOf(CreateTestProbe(), acquired.Handle.Socket).Epoch);
    }

    [Fact]
    public async Task A_router_hands_the_offers_on_in_turn_and_its_routees_acquire()
    {
        var (owner, workers) = (CreateTestProbe(), Probes(2));
        var router = Router(workers);
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Offer(owner, acquired.Handle, OfferMode.AnyHolder, router);
        var first = Take(workers[0]);
        Assert.Equal(workers[0].Ref, owner.ExpectMsg<Released>().Owner);
        workers[0].Send(first.Handle.Socket, new Release(first.Handle, OfferMode.AnyHolder, router));
        Assert.Equal(3, Take(workers[1]).Handle.Epoch);
        Assert.Equal(workers[1].Ref, workers[0].ExpectMsg<Released>().Owner);
    }

    [Fact]
    public async Task A_routee_that_declines_answers_for_its_router()
    {
        var (owner, workers) = (CreateTestProbe(), Probes(2));
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Offer(owner, acquired.Handle, OfferMode.AnyHolder, Router(workers));
        Decline(workers[0]);
        Assert.Equal(OfferOutcome.Declined, owner.ExpectMsg<ReleaseFailed>().Outcome);
        workers[1].ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_router_that_stops_ends_its_offer_and_a_routee_comes_too_late()
    {
        var (owner, workers) = (CreateTestProbe(), Probes(1));
        var router = Router(workers);
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Offer(owner, acquired.Handle, OfferMode.AnyHolder, router);
        var offered = workers[0].ExpectMsg<Offered>();
        Sys.Stop(router);
        Assert.Equal(OfferOutcome.TargetDied, owner.ExpectMsg<ReleaseFailed>().Outcome);
        workers[0].Send(offered.Offer.Socket, new Acquire(offered.Offer, workers[0]));
        Assert.Equal(ResultCode.EESOCKNOTRLSD, workers[0].ExpectMsg<Refused>().Result.Code);
    }

    // The router forwards it like anything else, so that a routee may be told of an offer that it has never seen.
    [Fact]
    public async Task The_end_of_a_forwarded_offer_goes_the_way_of_the_offer()
    {
        var (owner, workers) = (CreateTestProbe(), Probes(2));
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Offer(owner, acquired.Handle, OfferMode.AnyHolder, Router(workers));
        var offered = workers[0].ExpectMsg<Offered>();
        Time.Advance(Total);
        Assert.Same(offered.Offer, workers[1].ExpectMsg<Withdrawn>().Offer);
        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);
    }

    [Fact]
    public async Task A_listener_whose_acceptor_is_a_router_spreads_its_connections()
    {
        var (owner, workers) = (CreateTestProbe(), Probes(2));
        var listening = Listen(owner, Router(workers), OfferMode.AnyHolder);
        for (var i = 0; i < 4; i++)
        {
            using var peer = await ConnectAsync(listening);
            Assert.Equal(peer.Socket.LocalEndPoint, Take(workers[i % 2]).Facts.Remote);
        }
    }

    private static void Offer(
        TestProbe owner, SocketHandle handle, OfferMode mode, params IReadOnlyList<TestProbe> targets) =>
        Offer(owner, handle, mode, [.. targets.Select(target => target.Ref)]);

    private static void Offer(
        TestProbe owner, SocketHandle handle, OfferMode mode, params IReadOnlyList<IActorRef> targets) =>
        owner.Send(handle.Socket, new Release(handle, mode, targets) { Within = Total });

    private static void Decline(TestProbe target)
    {
        var offered = target.ExpectMsg<Offered>();
        target.Send(offered.Offer.Socket, new Decline(offered.Offer, target, "no"));
        var outcome = target.ExpectMsg<Withdrawn>().Outcome;
        Assert.Equal(OfferOutcome.Declined, outcome);
    }

    private TestProbe[] Probes(int count) => [.. Enumerable.Range(0, count).Select(_ => CreateTestProbe())];

    private IActorRef Router(TestProbe[] workers)
    {
        IActorRef[] routees = [.. workers.Select(worker => worker.Ref)];
        return Sys.ActorOf(Props.Create(() => new RoundRobin(routees)));
    }

    // Takes what it is offered, and offers it to both again, until it has seen the end of every round.
    private sealed class Racer(IActorRef log) : UntypedActor
    {
        private Start _start = new([], 0);
        private int _won;
        private int _lost;

        public sealed record Start(IActorRef[] Racers, int Rounds);

        public sealed record Score(int Won, int Lost);

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Start start:
                    _start = start;
                    break;
                case Offered offered:
                    offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self) { Reading = Reading.Passive }, Self);
                    break;
                case Acquired { Handle: var handle }:
                    _won++;
                    if (handle.Epoch <= _start.Rounds)
                        handle.Socket.Tell(new Release(handle, OfferMode.AtOnce, _start.Racers), Self);
                    TellScore();
                    break;
                case Withdrawn { Outcome: OfferOutcome.Lost }:
                    _lost++;
                    TellScore();
                    break;
            }
        }

        private void TellScore()
        {
            if (_won + _lost == _start.Rounds) log.Tell(new Score(_won, _lost));
        }
    }
}
