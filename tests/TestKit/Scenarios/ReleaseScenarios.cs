using Akka.Actor;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// T07 to T18 but for T17: an offer, from the side of whoever makes it.
public sealed class ReleaseScenarios
{
    [Theory]
    [Transports(10)]
    public void T07_A_target_that_acquires_owns_and_the_old_owner_can_do_nothing(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.Then.Target("game").IsOffered("c1");
            s.When.Target("game").Acquires("c1").Writes("c1", "hello");
            s.Then.Owner("login").IsTold<Released>("c1").IsNotTold<ReleaseFailed>("c1");
            s.Then.Owner("game").Owns("c1").IsTold<Acquired>("c1").IsNotTold<Withdrawn>("c1");
            s.Then.Target("game").IsOffered("c1");
            s.Then.Peer("c1").HasReceived("hello");
            s.When.Owner("login").Closes("c1");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESECURITY);
            s.Then.Peer("c1").SeesNoEnd();
            s.When.Owner("game").Closes("c1");
            s.Then.Peer("c1").SeesTheEnd();
            s.When.Peer("c1").Closes();
            s.Then.Owner("game").IsTold<Closed>("c1", closed => closed.Result.IsSuccess);
        });

    [Theory]
    [Transports(10)]
    public void T08_A_target_that_declines_says_why_and_the_owner_goes_on(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(1));
            s.Given.Target("game").WillDecline("full up");
            s.When.Owner("login").Releases("c1").To("game");
            s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.Declined, "full up").Owns("c1");
            s.Then.Target("game").IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.Declined);
            s.Then.Socket("c1").IsInEpoch(1);
            s.When.Peer("c1").Sends("go on").FinishesSending();
            s.Then.Owner("login").HasRead("c1", "go on").SawTheEnd("c1");
        });

    [Theory]
    [Seeds(5)]
    public void T09_A_target_that_throws_leaves_the_socket_to_its_owner_and_the_error_is_logged(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Target("game").WillThrow();
            s.When.Owner("login").Releases("c1").Within(Seconds(3)).To("game");
            s.Then.TheLogSays("game throws at its offer");
            s.Then.Socket("c1").IsOnOfferBy("login", "game");
            s.When.TimePasses(Seconds(3));
            s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.TimedOut).Owns("c1");
            s.When.Owner("login").Writes("c1", "on");
            s.Then.Peer("c1").HasReceived("on");
        });

    [Theory]
    [Seeds(10)]
    public void T10_A_second_offer_while_one_is_pending_is_refused_and_the_first_stands(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Owner("login").Releases("c1").To("chat");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESOCKRLSD);
            s.Then.Target("chat").IsNotTold<Offered>("c1");
            s.When.Target("game").Acquires("c1");
            s.Then.Owner("game").Owns("c1");
            s.Then.Owner("login").IsTold<Released>("c1");
        });

    [Theory]
    [Seeds(5)]
    public void T11_A_closed_socket_is_not_offered_and_closed_comes_before_owner_and_offer(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Owner("login").Releases("c1").To("game");
            s.Given.Target("game").Acquires("c1").Closes("c1");
            s.When.Owner("game").Releases("c1").To("chat");
            s.Then.Owner("game").IsRefused("c1", ResultCode.EEBADF);
            s.When.Owner("login").Releases("c1").To("chat");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EEBADF);
            s.Then.Target("chat").IsNotTold<Offered>("c1");
        });

    // Policy, closed, handle, on offer: the first that fails answers. A socket that nobody knows is a handle of none.
    [Theory]
    [Seeds(5)]
    public void T11_Of_several_reasons_the_first_in_the_documented_order_is_told(int seed)
    {
        var policy = new RuleBook();
        Scenario.Play(new ScenarioSetup { Policy = policy }, seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Stranger("thief").Copies("login");
            s.When.Stranger("thief").Commands("c1", handle => new Release(Forged(handle), s.RefOf("thief")));
            s.Then.Stranger("thief").IsRefused("c1", ResultCode.EESECURITY);
            s.Given.Owner("login").Releases("c1").To("game");
            s.When.Stranger("thief").Commands("c1", handle => new Release(Forged(handle), s.RefOf("thief")));
            s.Then.Stranger("thief").IsRefused("c1", ResultCode.EESECURITY);
            s.When.Owner("login").Releases("c1").To("thief");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESOCKRLSD);
            s.When.Owner("login").Closes("c1");
            s.When.Stranger("thief").Commands("c1", handle => new Release(Forged(handle), s.RefOf("thief")));
            s.Then.Stranger("thief").IsRefused("c1", ResultCode.EEBADF);
            policy.RefuseIf(asked => asked.Does(SocketOperations.Release));
            s.When.Owner("login").Releases("c1").To("thief");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESECURITY);
            s.Then.PolicyRefused(SocketOperations.Release);
            s.Then.Stranger("thief").IsNotTold<Offered>("c1");
        });
    }

    [Theory]
    [Seeds(5)]
    public void T12_An_offer_by_who_does_not_own_is_refused_and_its_target_hears_nothing(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Owner("login").Releases("c1").To("game");
            s.Given.Target("game").Acquires("c1");
            s.When.Owner("login").Releases("c1").To("chat");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESECURITY);
            s.Then.Target("chat").IsNotTold<Offered>("c1");
            s.Then.Owner("game").Owns("c1");
        });

    [Theory]
    [Seeds(10)]
    public void T13_An_offer_to_who_is_dead_fails_at_once_and_not_at_the_deadline(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.Given.Target("game").Stops();
        s.When.Owner("login").Releases("c1").To("game");
        s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.TargetDied).Owns("c1");
        s.Then.That(() => s.System.Clock.Elapsed == TimeSpan.Zero ? null : "time has passed");
    });

    [Theory]
    [Seeds(5)]
    public void T13_An_offer_to_nobody_is_refused(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.Given.Actor("nobody", ActorRefs.Nobody);
        s.When.Owner("login").Releases("c1").To("nobody");
        s.Then.Owner("login").IsRefused("c1", ResultCode.EENOADDR).Owns("c1").IsNotTold<ReleaseFailed>("c1");
    });

    [Theory]
    [Transports(10)]
    public void T14_An_offer_to_oneself_begins_a_new_epoch_and_loses_nothing(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1").WillAcquire(Reading.Active(1));
            s.Given.Peer("c1").Sends("unread");
            s.When.Owner("login").Reads("c1", 2).Releases("c1").To("login");
            s.Then.Owner("login").Owns("c1").HasRead("c1", "unread").IsTold<Released>("c1");
            s.Then.Socket("c1").IsInEpoch(2);
        });

    [Theory]
    [Seeds(10)]
    public void T15_An_offer_that_is_taken_back_is_withdrawn_and_a_late_acquire_refused(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Owner("login").Revokes("c1");
            s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.Revoked).Owns("c1");
            s.Then.Target("game").IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.Revoked);
            s.When.Target("game").Acquires("c1");
            s.Then.Target("game").IsRefused("c1", ResultCode.EESOCKNOTRLSD).IsNotTold<Acquired>("c1");
            s.When.Owner("login").Revokes("c1");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESOCKNOTRLSD);
        });

    [Theory]
    [Seeds(50)]
    public void T15_A_revoke_and_an_acquire_at_the_same_time_have_one_outcome(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.Together(all =>
        {
            all.Owner("login").Revokes("c1");
            all.Target("game").Acquires("c1");
        });
        var revoked = s.Told<ReleaseFailed>("login", "c1");
        s.Then.Owner(revoked ? "login" : "game").Owns("c1");
        s.Then.Owner("login").IsTold<Released>("c1", times: revoked ? 0 : 1);
        s.Then.Owner(revoked ? "game" : "login").IsRefused(
            "c1", revoked ? ResultCode.EESOCKNOTRLSD : ResultCode.EESECURITY);
    });

    [Theory]
    [Seeds(10)]
    public void T16_An_owner_that_closes_while_on_offer_ends_it_for_both(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.Owner("login").Closes("c1");
        s.Then.Owner("login").IsTold<ReleaseFailed>("c1", failed => failed.Outcome is OfferOutcome.Closed);
        s.Then.Target("game").IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.Closed);
        s.When.Target("game").Acquires("c1");
        s.Then.Target("game").IsRefused("c1", ResultCode.EEBADF).IsNotTold<Acquired>("c1");
        s.When.Peer("c1").Closes();
        s.Then.Owner("login").IsTold<Closed>("c1");
    });

    [Theory]
    [Transports(10)]
    public void T18_A_target_that_owns_offers_on_and_one_that_does_not_cannot(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1").Writes("c1", "a");
            s.When.Owner("login").Releases("c1").To("lobby");
            s.When.Target("lobby").Copies("login").Releases("c1").To("game");
            s.Then.Target("lobby").IsRefused("c1", ResultCode.EESOCKRLSD);
            s.Then.Target("game").IsNotTold<Offered>("c1");
            s.When.Target("lobby").Acquires("c1").Writes("c1", "b").Releases("c1").To("game");
            s.When.Target("game").Acquires("c1").Writes("c1", "c");
            s.Then.Owner("game").Owns("c1");
            s.Then.Socket("c1").IsInEpoch(3);
            s.Then.Peer("c1").HasReceived("abc");
        });

    [Theory]
    [Transports(20)]
    public void T18_Targets_that_pass_on_what_they_acquire_form_a_chain(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").Sends("for the last one");
            s.Given.Target("one").WillAcquire(releasingTo: "two");
            s.Given.Target("two").WillAcquire(releasingTo: "three");
            s.Given.Target("three").WillAcquire(Reading.Active(4));
            s.When.Owner("login").Releases("c1").To("one");
            s.Then.Owner("three").Owns("c1").HasRead("c1", "for the last one");
            s.Then.Socket("c1").IsInEpoch(4);
            s.Then.Owner("login").IsTold<Released>("c1");
            s.Then.Owner("one").IsTold<Released>("c1");
            s.Then.Owner("two").IsTold<Released>("c1");
        });

    private static SocketHandle Forged(SocketHandle handle) =>
        new(handle.Socket, handle.Id, handle.Epoch, Secret.Draw());

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
