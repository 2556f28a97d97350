using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// T48 to T52: somebody dies.
public sealed class DeathScenarios
{
    private static readonly TimeSpan Offer = TimeSpan.FromSeconds(5);

    [Theory]
    [Seeds(10)]
    public void T48_A_socket_whose_owner_stops_is_flushed_and_closed(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1").Writes("c1", "bye");
        s.When.Owner("login").Stops();
        s.Then.Peer("c1").HasReceived("bye").SeesTheEnd();
        s.When.Peer("c1").Closes();
        s.Then.Socket("c1").IsClosed();
    });

    [Theory]
    [Seeds(10)]
    public void T48_An_heir_is_offered_it_and_goes_on_where_the_dead_owner_was(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1", heir: "supervisor").Writes("c1", "one ");
        s.Given.Peer("c1").Sends("unread");
        s.Given.Owner("login").Reads("c1", 2);
        s.When.Owner("login").Stops();
        s.Then.Socket("c1").IsOnOfferBy(null, "supervisor");
        s.When.Heir("supervisor").Acquires("c1").ReadsAll("c1").Writes("c1", "two");
        s.Then.Owner("supervisor").Owns("c1").HasRead("c1", "read");
        s.Then.Peer("c1").HasReceived("one two");
    });

    [Theory]
    [Seeds(10)]
    public void T48_An_heir_that_does_not_answer_leaves_no_orphan(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.Given.Owner("login").NamesHeir("c1", "nobody-home");
        s.When.Owner("login").Stops();
        s.When.TimePasses(Offer);
        s.Then.Heir("nobody-home").IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.TimedOut);
        s.Then.Peer("c1").SeesTheEnd();
        s.When.Peer("c1").Closes();
        s.Then.Socket("c1").IsClosed();
    });

    [Theory]
    [Seeds(20)]
    public void T48_An_owner_that_is_restarted_keeps_its_peer_and_reads_again_what_it_did_not_consume(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1").WillReattach();
            s.Given.Peer("c1").Sends("poison?");
            s.Given.Owner("login").Reads("c1", 2).Examines("c1").Crashes();
            s.Then.TheLogSays("login crashes");
            s.Then.Owner("login").Owns("c1").IsTold<Acquired>("c1", times: 2);
            s.Then.Socket("c1").IsInEpoch(2);
            s.When.Owner("login").ReadsAll("c1").Writes("c1", "survived");
            s.Then.Owner("login").HasRead("c1", "poison?");
            s.Then.Peer("c1").HasReceived("survived").SeesNoEnd();
        });

    [Theory]
    [Seeds(10)]
    public void T49_An_owner_that_dies_while_on_offer_does_not_take_the_offer_with_it(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").Sends("hello");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Owner("login").Stops();
            s.Then.Socket("c1").IsOnOfferBy(null, "game");
            s.When.Target("game").Acquires("c1").ReadsAll("c1");
            s.Then.Owner("game").Owns("c1").HasRead("c1", "hello");
        });

    [Theory]
    [Seeds(10)]
    public void T49_Without_an_answer_the_dead_owners_heir_is_asked_and_then_it_closes(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").InheritedBy("heir").To("game");
            s.When.Owner("login").Stops();
            s.When.TimePasses(Offer);
            s.Then.Target("game").IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.TimedOut);
            s.Then.Socket("c1").IsOnOfferBy(null, "heir");
            s.When.Heir("heir").Declines("c1", "no room");
            s.Then.Peer("c1").SeesTheEnd();
            s.When.Peer("c1").Closes();
            s.Then.Socket("c1").IsClosed();
        });

    [Theory]
    [Seeds(10)]
    public void T50_A_target_that_dies_reverts_the_offer_at_once(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.Given.Target("game").WillStop();
        s.When.Owner("login").Releases("c1").To("game");
        s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.TargetDied).Owns("c1");
        s.Then.That(() => s.System.Clock.Elapsed == TimeSpan.Zero ? null : "time has passed");
    });

    [Theory]
    [Seeds(50)]
    public void T51_A_target_that_dies_right_after_it_acquired_died_as_the_owner(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.Together(all => all.Target("game").Acquires("c1", heir: "heir").Stops());
        if (s.Told<Offered>("heir", "c1"))
        {
            s.Then.Owner("login").IsTold<Released>("c1").DoesNotOwn("c1");
            s.When.Heir("heir").Acquires("c1");
            s.Then.Owner("heir").Owns("c1");
        }
        else
        {
            s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.TargetDied).Owns("c1");
        }
    });

    [Theory]
    [Seeds(10)]
    public void T52_The_end_of_a_sockets_actor_is_told_to_both_sides(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.SocketActor("c1").Stops();
        s.Then.Owner("login").IsTold<ReleaseFailed>("c1", failed => failed.Outcome is OfferOutcome.Closed)
            .IsTold<Closed>("c1", closed => closed.Result.Code is ResultCode.EEABORTED);
        s.Then.Target("game").IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.Closed);
        s.Then.Peer("c1").SeesAReset();
        s.Then.Socket("c1").IsClosed();
    });

    [Theory]
    [Seeds(10)]
    public void T52_A_sockets_actor_that_crashes_ends_as_one_that_is_stopped(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.SocketActor("c1").IsTold(Kill.Instance);
        s.Then.TheLogSays("Kill");
        s.Then.Owner("login").IsTold<Closed>("c1").IsTold<ReleaseFailed>("c1");
        s.Then.Target("game").IsTold<Withdrawn>("c1");
        s.Then.Peer("c1").SeesAReset();
        s.Then.Socket("c1").IsClosed();
    });
}
