using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// T17: an offer in each state of a socket.
public sealed class StateScenarios
{
    // A socket begins to be when its connect has ended: before, there is no handle that anybody could release by.
    [Theory]
    [Transports(5)]
    public void T17_While_a_connect_is_pending_nobody_has_anything_to_offer_and_then_its_owner_has(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Peer("c1").Listens();
            s.When.Owner("login").ConnectsTo("c1");
            s.Then.Owner("login").IsNotTold<Acquired>("c1").OwnsNothing();
            s.When.TimePasses(TimeSpan.FromSeconds(1));
            s.Then.Owner("login").IsNotTold<Acquired>("c1").OwnsNothing();
            s.When.Peer("c1").Answers();
            s.Then.Owner("login").Owns("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Target("game").Acquires("c1", Reading.Active(1)).Writes("c1", "hello");
            s.When.Peer("c1").Sends("who is there");
            s.Then.Owner("game").Owns("c1").HasRead("c1", "who is there");
            s.Then.Peer("c1").HasReceived("hello");
            s.Then.Owner("login").IsTold<Acquired>("c1").OwnsNothing();
        });

    [Theory]
    [Seeds(5)]
    public void T17_A_connect_that_fails_leaves_nobody_anything_to_offer(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Peer("c1").Listens();
        s.When.Owner("login").ConnectsTo("c1");
        s.When.Peer("c1").StopsListening();
        s.Then.Owner("login").IsTold<Refused>(
            refused => refused is { Result.Code: ResultCode.EECONNREFUSED, Command: Connect }).OwnsNothing();
    });

    [Theory]
    [Transports(5)]
    public void T17_A_listener_is_offered_and_who_comes_meanwhile_waits(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("old").Listens("door", acceptor: "acceptor");
            s.Given.Target("acceptor").WillAcquire();
            s.When.Owner("old").Releases("door").To("new");
            s.Then.Target("new").IsTold<Offered>(
                "door", offered => offered.Facts is { Kind: SocketKind.Listener, Local: not null });
            s.When.Peer("c1").ConnectsTo("door");
            s.When.Target("new").Declines("door", "not now");
            s.Then.Owner("old").IsToldItFailed("door", OfferOutcome.Declined, "not now").Owns("door");
            s.Then.Owner("acceptor").Owns("c1");
        });

    [Theory]
    [Transports(5, Datagrams = true)]
    public void T17_A_bound_datagram_socket_is_offered(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Binds("board");
            s.When.Owner("login").Releases("board").To("game");
            s.Then.Target("game").IsTold<Offered>(
                "board", offered => offered.Facts is { Kind: SocketKind.Datagrams, Local: not null });
            s.When.Target("game").Acquires("board");
            s.Then.Owner("game").Owns("board");
            s.Then.Owner("login").IsTold<Released>("board").DoesNotOwn("board");
        });

    [Theory]
    [Transports(10)]
    public void T17_A_connection_whose_peer_has_finished_is_offered_and_its_end_told_to_each_owner(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(1));
            s.Given.Peer("c1").Sends("all").FinishesSending();
            s.Then.Owner("login").HasRead("c1", "all").IsTold<PeerFinished>("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Target("game").Acquires("c1", Reading.Active(1)).Writes("c1", "answer");
            s.Then.Owner("game").IsTold<PeerFinished>("c1", finished => finished.Position == 3);
            s.Then.Peer("c1").HasReceived("answer");
        });

    [Theory]
    [Transports(10)]
    public void T17_A_connection_whose_owner_has_finished_is_offered_and_its_next_owner_reads_only(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Passive);
            s.Given.Owner("login").Writes("c1", "the last").FinishesSending("c1").Releases("c1").To("game");
            s.When.Target("game").Acquires("c1", Reading.Active(1)).Writes("c1", "one more");
            s.Then.Owner("game").IsRefused("c1", ResultCode.EENOTCONN).Owns("c1");
            s.When.Peer("c1").Sends("answer");
            s.Then.Owner("game").HasRead("c1", "answer");
            s.Then.Peer("c1").HasReceived("the last").SeesTheEnd();
        });

    [Theory]
    [Seeds(10)]
    public void T17_A_connection_that_is_closing_is_not_offered(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Together(all =>
        {
            all.Owner("login").Closes("c1");
            all.Owner("login").Releases("c1").To("game");
        });
        s.Then.Owner("login").IsRefused("c1", ResultCode.EEBADF);
        s.Then.Target("game").IsNotTold<Offered>("c1");
    });
}
