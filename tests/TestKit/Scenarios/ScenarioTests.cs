using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport.Memory;

namespace Handoff.TestKit.Tests.Scenarios;

// What a scenario says when it fails, and that it fails when it must.
public sealed class ScenarioTests
{
    [Fact]
    public void A_failure_tells_what_was_expected_the_seed_what_happened_and_how_to_replay_it()
    {
        var failure = Fails(seed: 17, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.TimePasses(TimeSpan.FromSeconds(1));
            s.Then.Owner("game").Owns("c1");
        });
        Assert.Contains("c1 is Offered by login, not by game", failure, StringComparison.Ordinal);
        Assert.Contains("seed 17, transport memory", failure, StringComparison.Ordinal);
        const string name = nameof(A_failure_tells_what_was_expected_the_seed_what_happened_and_how_to_replay_it);
        Assert.Matches($"HANDOFF_SEED=17 dotnet test .*TestKit --filter FullyQualifiedName~{name}", failure);
        Assert.Contains("0.000 s  login -> c1: Release (epoch 1) to game", failure, StringComparison.Ordinal);
        Assert.Contains("game <- c1: Offered (offer 2) by login", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_history_of_a_long_story_is_its_end()
    {
        var failure = Fails(seed: 1, s =>
        {
            s.Given.Owner("login").Holds("c1");
            for (var i = 0; i < 300; i++) s.When.Peer("c1").Sends("x");
            s.Then.Owner("login").HasRead("c1", "y");
        });
        Assert.Matches("the last 200 of 3[0-9]+ events:", failure);
        Assert.DoesNotContain("Acquired", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_story_that_asks_for_what_nobody_has_says_so()
    {
        Assert.Contains("login was never given c1", Fails(1, s => s.When.Owner("login").Closes("c1")));
        Assert.Contains("game was never offered c1", Fails(1, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Target("game").Acquires("c1");
        }));
        Assert.Contains("there is no connection c2", Fails(1, s => s.When.Peer("c2").Sends("x")));
    }

    [Fact]
    public void What_a_story_throws_is_in_the_failure()
    {
        Assert.Contains("Assert.Equal() Failure", Fails(1, _ => Assert.Equal(1, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_timer_that_never_ends_is_found() => Assert.Contains(
        "timers are set again and again",
        Fails(1, s => s.System.Clock.CreateTimer(_ => { }, null, Second, Second)),
        StringComparison.Ordinal);

    [Fact]
    public void A_socket_that_somebody_else_still_owns_is_found()
    {
        var failure = Fails(1, s =>
        {
            var keeper = s.System.Actors.ActorOf(Props.Create(() => new Keeper()));
            s.System.Handoff.Sockets.Tell(
                new Listen(new MemoryEndPoint("kept"), keeper) { Transport = "scenario" }, keeper);
        });
        Assert.Contains("1 sockets are still in the index of owners", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void An_offer_that_is_counted_and_over_is_found() => Assert.Contains(
        "2 actors still have an offer open",
        Fails(1, s => s.System.Handoff.Rules.Offers.Open(s.RefOf("login"), [s.RefOf("game")])),
        StringComparison.Ordinal);

    [Fact]
    public void A_connection_that_brings_fewer_bytes_than_are_waited_for_is_found() => Assert.Contains(
        "login has read 4 bytes of c1, not 5",
        Fails(1, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Peer("c1").Sends("four");
            s.When.Owner("login").Reads("c1", 5);
        }),
        StringComparison.Ordinal);

    [Fact]
    public void A_stream_has_no_datagrams_and_datagrams_have_no_connections()
    {
        Assert.Contains("memory has no datagrams", Fails(1, s => s.Given.Sender("ann")), StringComparison.Ordinal);
        var failure = Assert.Throws<ScenarioFailedException>(() => Scenario.Play(
            ScenarioSetup.On("memory-datagram"), 1, s => s.Given.Owner("login").Holds("c1"))).Message;
        Assert.Contains("doorkeeper does not get to listen", failure, StringComparison.Ordinal);
        Assert.Contains("seed 1, transport memory-datagram", failure, StringComparison.Ordinal);
    }

    [Theory]
    [Seeds(20)]
    public void An_actor_of_the_tests_own_plays_along(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Actor("router", Props.Create(() => new Passing(s.RefOf("game"))));
        s.Given.Owner("login").Holds("c1");
        s.Given.Peer("c1").Sends("hello");
        s.Given.Target("game").WillAcquire();
        s.When.Owner("login").Releases("c1").To("router");
        s.Then.Owner("router").DoesNotOwn("c1");
        s.When.Owner("game").ReadsAll("c1").Writes("c1", "bye");
        s.Then.Owner("game").Owns("c1").HasRead("c1", "hello");
        s.Then.Peer("c1").HasReceived("hand by hand, bye");
        s.Then.Socket("c1").IsInEpoch(3);
    });

    [Fact]
    public void What_an_actor_of_the_tests_own_does_is_not_the_storys_to_say() => Assert.Contains(
        "router is the test's own actor",
        Fails(1, s =>
        {
            s.Given.Actor("router", Props.Create(() => new Keeper()));
            s.When.Owner("router").Crashes();
        }),
        StringComparison.Ordinal);

    [Fact]
    public void An_error_that_the_story_does_not_expect_is_found()
    {
        var failure = Fails(1, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.SocketActor("c1").IsTold(Kill.Instance);
        });
        Assert.Contains("Akka logged an error", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_are_counted_from_one_or_given_by_the_environment()
    {
        Assert.Equal([1, 2, 3], new SeedsAttribute(3).Of(one: null));
        Assert.Equal([17], new SeedsAttribute(3).Of("17"));
    }

    [Fact]
    public void A_theory_is_given_each_transport_with_its_seeds_and_those_of_the_system_with_one()
    {
        Assert.Equal(
            ["memory 1", "memory 2", "simulated 1", "simulated 2", "tcp 1"],
            RowsOf(new TransportsAttribute(2) { Except = "unix" }));
        Assert.Equal(
            ["memory-datagram 1", "simulated-datagram 1", "udp 1"],
            RowsOf(new TransportsAttribute(1) { Datagrams = true, Except = "unix-datagram" }));
        Assert.Throws<ArgumentException>(() => ScenarioTransport.Named("pigeon"));
    }

    [Fact]
    public void A_scenario_is_replayed_by_its_seed()
    {
        Assert.Equal(StepsOf(5), StepsOf(5));
        Assert.True(Enumerable.Range(1, 10).Select(StepsOf).Distinct().Count() > 1);
    }

    private static IEnumerable<string> RowsOf(TransportsAttribute attribute) => attribute.Rows(oneSeed: null)
        .Select(row => $"{row.Transport} {row.Seed}");

    private static TimeSpan Second => TimeSpan.FromSeconds(1);

    private static string StepsOf(int seed)
    {
        var steps = "";
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Target("a").WillAcquire();
            s.Given.Target("b").WillAcquire();
            s.When.Owner("login").Releases("c1").ToAllOf("a", "b");
            steps = $"{s.System.Steps} {s.Told<Acquired>("a", "c1")}";
        });
        return steps;
    }

    private static string Fails(
        int seed, Action<Scenario> story, [System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        Assert.Throws<ScenarioFailedException>(() => Scenario.Play(seed, story, test)).Message;

    // Acquires, writes and passes on.
    private sealed class Passing : ReceiveActor
    {
        public Passing(IActorRef next)
        {
            Receive<Offered>(offered => offered.Offer.Socket.Tell(
                new Acquire(offered.Offer, Self) { Reading = Reading.Passive }));
            Receive<Acquired>(acquired => acquired.Handle.Socket.Tell(
                new Write(acquired.Handle, "hand by hand, "u8.ToArray())));
            Receive<Written>(written => written.Write.Handle.Socket.Tell(new Release(written.Write.Handle, next)));
            ReceiveAny(_ => { });
        }
    }

    private sealed class Keeper : ReceiveActor
    {
        public Keeper() => ReceiveAny(_ => { });
    }
}
