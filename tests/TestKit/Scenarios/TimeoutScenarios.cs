using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// T26 to T32: deadlines, and what is after them.
public sealed class TimeoutScenarios
{
    private static readonly TimeSpan Offer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);

    [Theory]
    [Seeds(5)]
    public void T26_An_offer_nobody_answers_goes_back_to_its_owner_at_the_deadline(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.TimePasses(Offer - Instant);
            s.Then.Socket("c1").IsOnOfferBy("login", "game");
            s.When.TimePasses(Instant);
            s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.TimedOut).Owns("c1");
            s.Then.Target("game").IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.TimedOut);
            s.Then.Socket("c1").IsInEpoch(1);
        });

    [Theory]
    [Seeds(100)]
    public void T27_An_acquire_in_the_instant_of_the_deadline_has_one_outcome(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.After(Offer, then => then.Target("game").Acquires("c1"));
        var acquired = s.Told<Acquired>("game", "c1");
        s.Then.Owner(acquired ? "game" : "login").Owns("c1");
        s.Then.Owner("login").IsTold<Released>("c1", acquired ? 1 : 0);
        s.Then.Owner("login").IsTold<ReleaseFailed>("c1", acquired ? 0 : 1);
        s.Then.Target("game").IsTold<Withdrawn>("c1", acquired ? 0 : 1).IsTold<Refused>("c1", acquired ? 0 : 1);
    });

    [Fact]
    public void T27_Among_the_seeds_both_come_first()
    {
        var outcomes = new HashSet<bool>();
        for (var seed = 1; seed <= 50; seed++)
        {
            Scenario.Play(seed, s =>
            {
                s.Given.Owner("login").Holds("c1");
                s.When.Owner("login").Releases("c1").To("game");
                s.When.After(Offer, then => then.Target("game").Acquires("c1"));
                outcomes.Add(s.Told<Acquired>("game", "c1"));
            });
        }

        Assert.Equal(2, outcomes.Count);
    }

    [Theory]
    [Transports(5)]
    public void T28_After_the_deadline_an_acquire_is_refused_and_its_sender_sees_no_data(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.TimePasses(Offer);
            s.When.Peer("c1").Sends("secret");
            s.When.Target("game").Acquires("c1", Reading.Active(1));
            s.Then.Target("game").IsRefused("c1", ResultCode.EESOCKNOTRLSD).IsNotTold<Received>("c1");
            s.When.Owner("login").Reads("c1", 6);
            s.Then.Owner("login").HasRead("c1", "secret");
        });

    [Theory]
    [Transports(10)]
    public void T29_After_a_revert_the_owner_reads_on_without_a_gap_and_offers_again(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").Sends("one ");
            s.Given.Owner("login").Reads("c1", 2);
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Sends("two ");
            s.When.TimePasses(Offer);
            s.When.Peer("c1").Sends("three");
            s.When.Owner("login").Reads("c1", 11);
            s.Then.Owner("login").HasRead("c1", "one two three");
            s.When.Owner("login").Releases("c1").To("game");
            s.Then.Socket("c1").Says(status => status.Offer == 3);
            s.When.Target("game").Acquires("c1");
            s.Then.Owner("game").Owns("c1");
        });

    [Theory]
    [Seeds(5)]
    public void T30_A_time_out_of_nothing_less_or_too_much_is_refused_and_nothing_is_offered(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            foreach (var within in new[] { TimeSpan.Zero, -Instant, Timeout.InfiniteTimeSpan, TimeSpan.MaxValue })
            {
                s.When.Owner("login").Releases("c1").Within(within).To("game");
                s.Then.Owner("login").IsRefused("c1", ResultCode.EEQUOTA).Owns("c1");
            }

            s.Then.Target("game").IsNotTold<Offered>("c1");
            s.When.Owner("login").Releases("c1").Within(TimeSpan.FromMinutes(10)).To("game");
            s.When.Target("game").Stops();
            s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.TargetDied).Owns("c1");
        });

    [Theory]
    [Seeds(10)]
    public void T31_An_offer_that_a_slow_target_comes_to_after_the_revert_does_no_harm(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("slow");
            s.When.TimePasses(Offer);
            s.When.Together(all =>
            {
                all.Target("slow").Acquires("c1");
                all.Target("slow").Declines("c1", "too late anyway");
                all.Owner("login").Releases("c1").To("quick");
                all.Peer("c1").Sends("hello");
            });
            s.Then.Target("slow").IsTold<Refused>("c1", times: 2).IsNotTold<Acquired>("c1");
            s.When.Target("quick").Acquires("c1").Reads("c1", 5);
            s.Then.Owner("quick").Owns("c1").HasRead("c1", "hello");
        });

    [Fact]
    public void T32_Offers_without_number_that_time_out_leave_nothing_behind() => Scenario.Play(seed: 1, s =>
    {
        const int offers = 100_000;
        s.Given.Owner("login").Holds("c1");
        for (var offer = 1; offer <= offers; offer++)
        {
            s.When.Owner("login").Releases("c1").To("game");
            s.When.TimePasses(Offer);
        }

        s.Then.Owner("login").IsTold<ReleaseFailed>("c1", offers).Owns("c1");
        s.Then.Target("game").IsTold<Withdrawn>("c1", offers);
        s.Then.That(() => s.System.Clock.Pending == 0 ? null : $"{s.System.Clock.Pending} timers are set");
    });
}
