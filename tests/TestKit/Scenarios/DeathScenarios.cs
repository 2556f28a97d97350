using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// T48 to T52: somebody dies. Unix sockets have no reset: a peer there reads an end.
public sealed class DeathScenarios
{
    private static readonly TimeSpan Offer = TimeSpan.FromSeconds(5);

    [Theory]
    [Transports(10)]
    public void T48_A_socket_whose_owner_stops_is_flushed_and_closed(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1").Writes("c1", "bye");
            s.When.Owner("login").Stops();
            s.Then.Peer("c1").HasReceived("bye").SeesTheEnd();
            s.When.Peer("c1").Closes();
            s.Then.Socket("c1").IsClosed();
        });

    [Theory]
    [Transports(10)]
    public void T48_An_heir_is_offered_it_and_goes_on_where_the_dead_owner_was(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", heir: "supervisor").Writes("c1", "one ");
            s.Given.Peer("c1").Sends("unread");
            s.Given.Owner("login").Reads("c1", 2);
            s.When.Owner("login").Stops();
            s.Then.Socket("c1").IsOnOfferBy(null, "supervisor");
            s.When.Heir("supervisor").Acquires("c1").Reads("c1", 4).Writes("c1", "two");
            s.Then.Owner("supervisor").Owns("c1").HasRead("c1", "read");
            s.Then.Peer("c1").HasReceived("one two");
        });

    [Theory]
    [Transports(10)]
    public void T48_An_heir_that_does_not_answer_leaves_no_orphan(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
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
    [Transports(20)]
    public void T48_An_owner_that_is_restarted_keeps_its_peer_and_reads_again_what_it_did_not_consume(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1").WillReattach();
            s.Given.Peer("c1").Sends("poison?");
            s.Given.Owner("login").Reads("c1", 2).Examines("c1").Crashes();
            s.Then.TheLogSays("login crashes");
            s.Then.Owner("login").Owns("c1").IsTold<Acquired>("c1", times: 2);
            s.Then.Socket("c1").IsInEpoch(2);
            s.When.Owner("login").Reads("c1", 5).Writes("c1", "survived");
            s.Then.Owner("login").HasRead("c1", "poison?");
            s.Then.Peer("c1").HasReceived("survived").SeesNoEnd();
        });

    [Theory]
    [Transports(10)]
    public void T48_An_owner_by_messages_is_told_again_what_it_did_not_consume_and_then_its_heir_is(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(8), heir: "heir").WillReattach().ConsumesWhenTold();
            s.Given.Heir("heir").WillAcquire(Reading.Active(1));
            s.Given.Peer("c1").Sends("again and again");
            s.Given.Owner("login").Consumes("c1", 6);
            s.When.Owner("login").Crashes();
            s.Then.Owner("login").IsTold<Acquired>("c1", acquired => acquired.Consumed == 6).Owns("c1");
            s.When.Owner("login").Consumes("c1", 4).Stops();
            s.Then.Owner("heir").Owns("c1").HasRead("c1", "again");
            s.Then.Owner("login").HasRead("c1", "again and ");
            s.Then.Peer("c1").SeesNoEnd();
        });

    [Theory]
    [Transports(5)]
    public void T48_Of_a_write_that_waits_for_room_when_its_owner_stops_a_part_goes_out_and_then_what_the_heir_writes(
        string transport, int seed) => Scenario.Play(With.LargeWrites(transport), seed, s =>
        {
            string[] connections = ["c1", "c2", "c3"];
            s.Given.Owner("login").Holds("c1").Holds("c2", Reading.Passive).Holds("c3", Reading.Passive, heir: "heir");
            foreach (var connection in connections)
            {
                s.Given.Peer(connection).StopsReading();
                s.Given.Owner("login").Writes(connection, s.Transport.TooMuch);
            }

            s.When.Owner("login").Stops();
            s.When.Heir("heir").Acquires("c3", Reading.Passive).Writes("c3", "that was all");
            foreach (var connection in connections) s.When.Peer(connection).ReadsAgain();
            s.Then.Peer("c1").SeesTheEnd();
            s.Then.Peer("c2").SeesTheEnd();
            s.Then.Owner("heir").Owns("c3").IsTold<Written>("c3");
            s.Then.Peer("c3").SeesNoEnd().HasReceivedAll();
        });

    [Theory]
    [Transports(10)]
    public void T49_An_owner_that_dies_while_on_offer_does_not_take_the_offer_with_it(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").Sends("hello");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Owner("login").Stops();
            s.Then.Socket("c1").IsOnOfferBy(null, "game");
            s.When.Target("game").Acquires("c1").Reads("c1", 5);
            s.Then.Owner("game").Owns("c1").HasRead("c1", "hello");
        });

    [Theory]
    [Transports(10)]
    public void T49_Without_an_answer_the_dead_owners_heir_is_asked_and_then_it_closes(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
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
    [Transports(10)]
    public void T50_A_target_that_dies_reverts_the_offer_at_once(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
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
    [Transports(10, Except = "unix")]
    public void T52_The_end_of_a_sockets_actor_is_told_to_both_sides(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
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
    [Transports(10, Except = "unix")]
    public void T52_A_sockets_actor_that_crashes_ends_as_one_that_is_stopped(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
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
