using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.TestKit.Tests.Scenarios;

// T57 and T58: listeners, and connections by the thousand.
public sealed class ListenerScenarios
{
    // Of handoff.listen.backlog: so many connect before anybody accepts.
    private const int Backlog = 500;

    [Theory]
    [Transports(10)]
    public void T57_A_listener_changes_owner_and_no_connection_that_waits_is_lost(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("old").Listens("door", acceptor: "acceptor");
            s.Given.Peer("c1").ConnectsTo("door");
            s.When.Owner("old").Releases("door").To("new");
            s.When.Peer("c2").ConnectsTo("door");
            s.When.Target("new").Acquires("door");
            s.When.Peer("c3").ConnectsTo("door");
            s.Then.Owner("new").Owns("door");
            s.Then.Owner("old").IsTold<Released>("door").DoesNotOwn("door");
            for (var i = 1; i <= 3; i++)
            {
                s.Then.Owner("acceptor").IsOffered($"c{i}");
                s.When.Owner("acceptor").Acquires($"c{i}").Writes($"c{i}", "welcome");
                s.Then.Peer($"c{i}").HasReceived("welcome");
            }
        });

    [Theory]
    [Transports(10)]
    public void T57_A_listener_that_closes_leaves_its_connections_alone(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("host").Listens("door").WillAcquire();
            s.Given.Peer("c1").ConnectsTo("door");
            s.Then.Owner("host").Owns("c1");
            s.When.Owner("host").Closes("door");
            s.Then.Owner("host").IsTold<Closed>("door").Owns("c1");
            s.When.Owner("host").Writes("c1", "still here");
            s.Then.Peer("c1").HasReceived("still here");
            s.When.Owner("host").Closes("c1");
            s.When.Peer("c1").Closes();
            s.Then.Socket("door").IsClosed();
        });

    [Theory]
    [Transports(10)]
    public void T57_The_death_of_a_listeners_owner_closes_it_and_nothing_else(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("host").Listens("door", acceptor: "acceptor");
            s.Given.Target("acceptor").WillAcquire();
            s.Given.Peer("c1").ConnectsTo("door");
            s.Then.Owner("acceptor").Owns("c1");
            s.When.Owner("host").Stops();
            s.Then.Owner("acceptor").Owns("c1");
            s.When.Owner("acceptor").Writes("c1", "alive");
            s.Then.Peer("c1").HasReceived("alive");
        });

    [Theory]
    [Transports(10)]
    public void T57_A_connection_that_nobody_acquires_is_closed_at_the_deadline(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("host").Listens("door");
            s.Given.Peer("c1").ConnectsTo("door");
            s.Then.Owner("host").IsOffered("c1").DoesNotOwn("c1");
            s.When.TimePasses(TimeSpan.FromSeconds(5));
            s.Then.Owner("host").IsTold<Withdrawn>("c1", gone => gone.Outcome is OfferOutcome.TimedOut);
            s.Then.Peer("c1").SeesTheEnd();
        });

    [Theory]
    [Transports(10)]
    public void T57_A_filter_hides_a_connection_until_it_has_shown_enough_and_its_acquirer_reads_all_of_it(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("old").Listens("door", acceptor: "acceptor", filter: AcceptFilter.Line(100));
            s.Given.Peer("c1").ConnectsTo("door").Sends("game");
            s.When.Owner("old").Releases("door").To("new");
            s.When.Target("new").Acquires("door");
            s.When.TimePasses(TimeSpan.FromSeconds(1));
            s.Then.Target("acceptor").IsNotTold<Offered>("c1");
            s.When.Peer("c1").Sends(" 7\nmove");
            s.Then.Target("acceptor").IsOffered("c1");
            s.When.Target("acceptor").Acquires("c1").Reads("c1", 11);
            s.Then.Owner("acceptor").HasRead("c1", "game 7\nmove");
            s.When.Owner("acceptor").Writes("c1", "welcome");
            s.Then.Peer("c1").HasReceived("welcome");
        });

    [Theory]
    [Transports(10)]
    public void T57_A_connection_that_shows_too_little_is_dropped_at_its_deadline_and_never_offered(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("host").Listens("door", filter: AcceptFilter.DataReady);
            s.Given.Peer("silent").ConnectsTo("door");
            s.When.Peer("c1").ConnectsTo("door").Sends("hello");
            s.Then.Owner("host").IsOffered("c1");
            s.When.Owner("host").Acquires("c1").Reads("c1", 5);
            s.When.TimePasses(TimeSpan.FromSeconds(10));
            s.Then.Peer("silent").IsGone();
            s.Then.Owner("host").IsNotTold<Offered>("silent").Owns("c1").Owns("door");
        });

    [Theory]
    [Transports(1)]
    public void T58_Connections_by_the_thousand_pass_two_hands_and_arrive_whole(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            // All of them once; elsewhere as many as are quick, because descriptors are dear.
            var count = transport == "memory" ? 10_000 : 300;
            string[] connections = [.. Enumerable.Range(0, count).Select(i => $"c{i}")];
            s.Given.Owner("host").Listens("door", acceptor: "acceptor");
            s.Given.Target("acceptor").WillAcquire(releasingTo: "supervisor");
            s.Given.Target("supervisor").WillAcquire(releasingTo: "worker");
            s.Given.Target("worker").WillAcquire(Reading.Active(1));
            foreach (var several in connections.Chunk(Backlog))
            {
                s.When.Together(all =>
                {
                    foreach (var name in several) all.Peer(name).ConnectsTo("door").Sends($"I am {name}");
                });
            }

            s.Then.Target("worker").IsTold<Acquired>(connections, times: 1)
                .HaveRead(connections, name => $"I am {name}");
            s.Then.Owner("acceptor").IsTold<Released>(connections, times: 1)
                .IsTold<ReleaseFailed>(connections, times: 0);
            s.Then.Owner("supervisor").IsTold<Released>(connections, times: 1);
            s.Then.Owner("host").Owns("door");
        });

    [Theory]
    [Transports(10)]
    public void T58_A_worker_that_fails_costs_its_own_connections_and_no_other(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("host").Listens("door", acceptor: "acceptor");
            s.Given.Target("acceptor").WillAcquire(releasingTo: "supervisor");
            s.Given.Target("supervisor").WillAcquire(releasingTo: "worker");
            s.Given.Target("worker").WillAcquire();
            s.Given.Peer("early").ConnectsTo("door");
            s.Then.Owner("worker").Owns("early");
            s.Given.Target("worker").WillDecline("full up");
            s.When.Peer("declined").ConnectsTo("door");
            s.Then.Owner("supervisor").IsToldItFailed("declined", OfferOutcome.Declined).Owns("declined");
            s.Given.Target("worker").WillStop();
            s.When.Peer("late").ConnectsTo("door");
            s.Then.Owner("supervisor").IsToldItFailed("late", OfferOutcome.TargetDied).Owns("late").Owns("declined");
            s.Then.Peer("early").SeesTheEnd();
            s.Given.Target("acceptor").WillDecline("no more");
            s.When.Peer("refused").ConnectsTo("door");
            s.Then.Peer("refused").SeesTheEnd();
            s.Then.Owner("host").Owns("door");
            s.When.Owner("supervisor").Writes("late", "wait");
            s.Then.Peer("late").HasReceived("wait").SeesNoEnd();
        });
}
