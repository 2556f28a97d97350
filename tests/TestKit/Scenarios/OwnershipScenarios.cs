using System.Net.Sockets;
using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Tests.Scenarios;

// T01 to T06: who owns, and what anybody else can do.
public sealed class OwnershipScenarios
{
    [Theory]
    [Seeds(5)]
    public void T01_The_acceptor_that_acquires_and_who_opens_a_socket_is_the_owner_and_status_shows_it(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1").Listens("door");
            s.Given.Peer("c2").Listens();
            s.Given.Owner("login").ConnectsTo("c2");
            s.Given.Peer("c2").Answers();
            string[] sockets = ["c1", "door", "c2"];
            foreach (var socket in sockets)
            {
                s.Then.Owner("login").Owns(socket);
                s.Then.Socket(socket).IsInEpoch(1).Says(status => status.Offer is null && status.Targets.Count == 0);
            }

            s.Then.Owner("login").IsTold<Acquired>("c1").IsTold<Listening>("door").IsTold<Acquired>("c2");
        });

    [Theory]
    [Seeds(5)]
    public void T02_Who_does_not_own_a_socket_is_refused_and_changes_nothing(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1", Reading.Active(2));
        s.Given.Owner("other").Holds("c2");
        s.Given.Owner("login").Releases("c1").To("game");
        s.When.Target("game").Acquires("c1", Reading.Active(2));
        s.Given.Stranger("other").Copies("login");
        foreach (var act in Everything)
        {
            act(s.When.Stranger("other"));
            s.Then.Stranger("other").IsRefused("c1", ResultCode.EESECURITY);
        }

        s.Then.Owner("game").Owns("c1").IsRefusedNothing("c1");
        s.Then.Socket("c1").IsInEpoch(2);
        s.Then.Peer("c1").HasReceived("").SeesNoEnd();
        s.When.Peer("c1").Sends("hello");
        s.Then.Owner("game").HasRead("c1", "hello");
        s.Then.Target("game").IsOffered("c1", times: 1);
    });

    [Theory]
    [Transports(5)]
    public void T03_Anybody_may_ask_for_the_status_and_nothing_changes(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Peer("c1").Sends("hello");
            s.Then.Socket("c1").Says(status => status.BytesReceived == 5 && status.Facts.Unread == 5);
            s.Then.Socket("c1").Says(
                status => status.Facts is { Local: not null, Remote: not null, Kind: SocketKind.Connection });
            s.When.Owner("login").Releases("c1").To("game");
            s.Then.Socket("c1").IsOnOfferBy("login", "game").IsInEpoch(1);
            s.When.Target("game").Acquires("c1").Reads("c1", 5);
            s.Then.Owner("game").HasRead("c1", "hello");
        });

    [Theory]
    [Seeds(5)]
    public void T04_A_handle_of_an_older_epoch_is_refused_also_when_its_owner_owns_again(int seed) =>
        Scenario.Play(seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Target("game").Acquires("c1").Releases("c1").To("login");
            s.Given.Stranger("past").Copies("login");
            s.When.Owner("login").Acquires("c1");
            s.Then.Owner("login").Owns("c1");
            s.When.Stranger("past").Closes("c1");
            s.Then.Stranger("past").IsRefused("c1", ResultCode.EESECURITY);
            s.Then.Owner("login").Owns("c1");
            s.Then.Socket("c1").IsInEpoch(3);
        });

    [Theory]
    [Seeds(5)]
    public void T04_A_handle_of_a_socket_that_is_gone_does_nothing_to_the_next_one(int seed) =>
        Scenario.Play(seed, s =>
        {
            SocketHandle? old = null;
            s.Given.Owner("login").Holds("c1").Commands("c1", handle => new Close(old = handle));
            s.Given.Peer("c1").Closes();
            s.Then.Socket("c1").IsClosed();
            s.Given.Owner("login").Holds("c2");
            s.When.Owner("login").Commands("c2", _ => new Close(old!));
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESECURITY).Owns("c2");
            s.Then.Peer("c2").SeesNoEnd();
        });

    [Theory]
    [Transports(5)]
    public void T05_A_second_close_is_refused_and_tells_nothing_twice(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1").Writes("c1", "bye");
            s.When.Together(all =>
            {
                all.Owner("login").Closes("c1");
                all.Owner("login").Closes("c1");
            });
            s.Then.Owner("login").IsRefused("c1", ResultCode.EEBADF);
            s.Then.Peer("c1").HasReceived("bye").SeesTheEnd();
            s.When.Peer("c1").Closes();
            s.Then.Socket("c1").IsClosed();
            s.Then.Owner("login").IsTold<Closed>("c1", closed => closed.Result.IsSuccess);
            s.Then.Owner("login").IsTold<Refused>("c1");
        });

    [Theory]
    [Transports(5)]
    public void T06_The_peers_end_is_told_once_and_an_own_close_is_not_the_peers(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(1)).Holds("c2", Reading.Active(1));
            s.When.Peer("c1").Sends("last words").FinishesSending();
            s.Then.Owner("login").HasRead("c1", "last words").IsTold<PeerFinished>("c1").IsNotTold<Closed>("c1");
            s.Then.Socket("c1").Says(status => status.Facts.Remote is not null);
            s.When.Owner("login").Closes("c1").Closes("c2");
            s.Then.Owner("login").IsTold<Closed>("c1").IsTold<PeerFinished>("c1").IsNotTold<PeerFinished>("c2");
            s.When.Peer("c2").Closes();
            s.Then.Owner("login").IsTold<Closed>("c2").IsNotTold<PeerFinished>("c2");
        });

    private static IEnumerable<Action<PartyActs>> Everything =>
    [
        party => party.Writes("c1", "x"),
        party => party.Closes("c1"),
        party => party.Aborts("c1"),
        party => party.FinishesSending("c1"),
        party => party.NamesHeir("c1", "other"),
        party => party.ReadsBy("c1", Reading.Once),
        party => party.Releases("c1").To("other"),
        party => party.Reattaches("c1"),
        party => party.Commands("c1", handle => new SetOption(handle, SocketOption.NoDelay(true))),
        party => party.Commands("c1", handle => new Shutdown(handle, SocketShutdown.Both)),
        party => party.Commands("c1", handle => new Return(handle)),
    ];
}
