using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// T19 to T25: an offer, from the side of whoever answers it.
public sealed class AcquireScenarios
{
    [Theory]
    [Seeds(5)]
    public void T19_Nobody_acquires_what_is_not_on_offer(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Acquires("c1");
        s.Then.Owner("login").IsRefused("c1", ResultCode.EESOCKNOTRLSD).Owns("c1");
        s.Then.Socket("c1").IsInEpoch(1);
    });

    [Theory]
    [Seeds(10)]
    public void T20_A_third_party_does_not_acquire_and_the_offer_stands(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.Stranger("thief").Copies("game").Acquires("c1");
        s.Then.Stranger("thief").IsRefused("c1", ResultCode.EESECURITY).IsNotTold<Acquired>("c1");
        s.Then.Socket("c1").IsOnOfferBy("login", "game");
        s.When.Target("game").Acquires("c1");
        s.Then.Owner("game").Owns("c1");
    });

    [Theory]
    [Seeds(10)]
    public void T21_The_second_acquire_of_a_target_is_refused(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.Together(all =>
        {
            all.Target("game").Acquires("c1");
            all.Target("game").Acquires("c1");
        });
        s.Then.Owner("game").Owns("c1").IsTold<Acquired>("c1").IsRefused("c1", ResultCode.EESOCKNOTRLSD);
        s.Then.Socket("c1").IsInEpoch(2);
    });

    [Theory]
    [Seeds(10)]
    public void T22_An_offer_that_is_over_is_not_acquired_while_a_newer_one_is_pending(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("slow");
            s.When.TimePasses(Offer);
            s.When.Owner("login").Releases("c1").To("quick");
            s.When.Target("slow").Acquires("c1");
            s.Then.Target("slow").IsRefused("c1", ResultCode.EESOCKNOTRLSD).IsNotTold<Acquired>("c1");
            s.When.Target("slow").Answers("c1", (offer, self) => new Acquire(Unknown(offer), self));
            s.Then.Target("slow").IsRefused("c1", ResultCode.EESOCKNOTRLSD).IsNotTold<Acquired>("c1");
            s.Then.Socket("c1").IsOnOfferBy("login", "quick");
            s.When.Target("quick").Acquires("c1");
            s.Then.Owner("quick").Owns("c1");
        });

    // Each seed is another race.
    [Fact]
    public void T23_Of_racing_targets_one_wins_and_the_others_are_told_that_they_lost()
    {
        string[] targets = ["a", "b", "c"];
        var won = new HashSet<string>();
        foreach (var seed in With.Seeds(10_000))
        {
            Scenario.Play(seed, s =>
            {
                s.Given.Owner("login").Holds("c1");
                foreach (var target in targets) s.Given.Target(target).WillAcquire();
                s.When.Owner("login").Releases("c1").ToAllOf(targets);
                var winner = Assert.Single(targets, target => s.Told<Acquired>(target, "c1"));
                won.Add(winner);
                s.Then.Owner("login").IsTold<Released>("c1");
                s.Then.Owner(winner).Owns("c1").IsNotTold<Withdrawn>("c1");
                foreach (var loser in targets.Where(target => target != winner))
                {
                    s.Then.Target(loser).IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.Lost)
                        .IsRefused("c1", ResultCode.EESOCKNOTRLSD);
                }
            });
        }

        Assert.True(With.IsOneSeed || won.Count == targets.Length, $"only {string.Join(", ", won)} ever won");
    }

    [Theory]
    [Seeds(5)]
    public void T23_Targets_in_order_are_asked_one_after_the_other(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.Given.Target("busy").WillDecline("busy");
        s.Given.Target("dying").WillStop();
        s.When.Owner("login").Releases("c1").Within(TimeSpan.FromSeconds(8))
            .ToEachOf("busy", "dying", "silent", "good");
        s.Then.Socket("c1").IsOnOfferBy("login", "silent");
        s.Then.Target("good").IsNotTold<Offered>("c1");
        s.When.TimePasses(TimeSpan.FromSeconds(2));
        s.When.Target("good").Acquires("c1");
        s.Then.Owner("good").Owns("c1");
        s.Then.Target("silent").IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.TimedOut);
        s.Then.Owner("login").IsTold<Released>("c1").IsNotTold<ReleaseFailed>("c1");
    });

    [Theory]
    [Seeds(10)]
    public void T23_Whoever_a_router_sends_the_offer_to_acquires(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.Given.Target("router").WillForwardTo("worker");
        s.Given.Target("worker").WillAcquire();
        s.When.Owner("login").Releases("c1").ToHolderFrom("router");
        s.Then.Owner("worker").Owns("c1");
        s.Then.Owner("login").IsTold<Released>("c1", released => released.Owner.Path.Name == "worker");
    });

    [Theory]
    [Transports(10)]
    public void T24_The_old_owner_receives_nothing_after_the_new_one_has_acquired(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(8));
            s.Given.Peer("c1").Sends("before");
            s.Then.Owner("login").HasRead("c1", "before");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Target("game").Acquires("c1", Reading.Active(8));
            s.When.Peer("c1").Sends("after").FinishesSending();
            s.Then.Owner("game").HasRead("c1", "after").IsTold<PeerFinished>("c1");
            s.Then.Owner("login").HasRead("c1", "before").IsNotTold<PeerFinished>("c1")
                .IsTold<Received>("c1", received => received.End > "before".Length, times: 0);
        });

    [Theory]
    [Transports(5)]
    public void T25_A_target_is_told_what_it_is_offered(string transport, int seed) =>
        Scenario.Play(With.RoomToSend(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").StopsReading().Sends("name");
            s.Given.Owner("login").Reads("c1", 1).Writes("c1", s.Transport.TooMuch);
            s.Then.Socket("c1").Says(status => status.Facts.Unread == 3);
            s.When.Owner("login").Releases("c1").With("parsed").Within(TimeSpan.FromSeconds(2)).To("game");
            s.Then.Target("game").IsTold<Offered>("c1", offered => offered is
            {
                Attachment: "parsed",
                Facts: { Unread: 3, Unsent: > 0, Kind: SocketKind.Connection, Local: not null, Remote: not null },
            } && offered.From!.Path.Name == "login" && offered.Within == TimeSpan.FromSeconds(2));
            s.When.Target("game").Acquires("c1");
            s.Then.Owner("game").IsTold<Acquired>("c1", acquired => acquired is
            {
                Consumed: 1,
                Lease: not null,
                Facts: { Unread: 3, Kind: SocketKind.Connection, Local: not null, Remote: not null },
            } && acquired.Written == s.Transport.TooMuch);
            s.When.Peer("c1").ReadsAgain();
            s.Then.Peer("c1").HasReceivedAll();
        });

    private static OfferHandle Unknown(OfferHandle offer) =>
        new(offer.Socket, offer.Id, offer.Number + 100, Secret.Draw());

    private static TimeSpan Offer => TimeSpan.FromSeconds(5);
}
