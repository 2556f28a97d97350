using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// T33 to T40: what the peer sends. That each byte comes once, in order and to the owner of then is always watched.
// The simulated network delivers in pieces of any size and is left out where a story counts messages; and there is no
// reset between Unix sockets.
public sealed class InboundScenarios
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [Transports(10)]
    public void T33_Bytes_of_before_during_and_after_the_offer_come_once_and_in_order(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").Sends(Mebibyte / 2);
            s.Given.Owner("login").Reads("c1", 1000);
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Sends(Mebibyte / 4);
            s.When.Target("game").Acquires("c1");
            s.When.Peer("c1").Sends(Mebibyte / 4).FinishesSending();
            s.When.Owner("game").ReadsToTheEnd("c1");
            s.Then.Owner("login").HasRead("c1", 1000);
            s.Then.Owner("game").HasRead("c1", Mebibyte - 1000).SawTheEnd("c1");
        });

    [Theory]
    [Transports(10)]
    public void T34_After_a_revert_all_of_them_are_the_old_owners(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").Sends(Mebibyte / 2);
            s.Given.Owner("login").Reads("c1", 1000);
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Sends(Mebibyte / 2).FinishesSending();
            s.When.Target("game").Declines("c1", "no");
            s.When.Owner("login").ReadsToTheEnd("c1");
            s.Then.Owner("login").HasRead("c1", Mebibyte).SawTheEnd("c1");
        });

    [Theory]
    [Transports(10)]
    public void T35_A_frame_that_is_cut_in_the_middle_survives_also_when_it_is_pushed_back(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").Sends("NAME joe\n0012he");
            s.Given.Owner("login").Reads("c1", 15);
            s.When.Owner("login").Releases("c1").PushingBack("0012he"u8.ToArray()).To("game");
            s.When.Peer("c1").Sends("llo");
            s.When.Target("game").Declines("c1", "not yet");
            s.Then.Owner("login").HasRead("c1", "NAME joe\n");
            s.When.Owner("login").Reads("c1", 4).Releases("c1").PushingBack("0012"u8.ToArray()).To("game");
            s.When.Target("game").Acquires("c1").Reads("c1", 9);
            s.Then.Owner("game").HasRead("c1", "0012hello");
        });

    [Theory]
    [Transports(5)]
    public void T36_A_peer_that_floods_is_held_back_while_on_offer_and_goes_on_afterwards(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Sends(s.Transport.TooMuch);
            s.Then.Peer("c1").IsHeldBack();
            s.Then.Socket("c1").Says(status => status.Facts.Unread is > 256 * 1024 - 1 and < 512 * 1024);
            s.When.Target("game").Acquires("c1").Reads("c1", s.Transport.TooMuch);
            s.Then.Peer("c1").IsNotHeldBack();
        });

    [Theory]
    [Transports(20)]
    public void T37_A_peer_that_finishes_while_on_offer_is_read_to_its_end_by_the_next_owner(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(4));
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Sends("last words").FinishesSending();
            s.Then.Owner("login").IsNotTold<PeerFinished>("c1");
            s.When.Target("game").Acquires("c1", Reading.Active(4));
            s.Then.Owner("game").HasRead("c1", "last words").IsTold<PeerFinished>("c1").Owns("c1");
            s.Then.Owner("login").IsNotTold<PeerFinished>("c1").IsNotTold<Received>("c1");
        });

    [Theory]
    [Transports(20, Except = "unix")]
    public void T38_A_reset_while_on_offer_is_told_to_whoever_ends_up_the_owner(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            var reverts = seed % 2 == 0;
            s.Given.Owner("login").Holds("c1", Reading.Passive);
            s.Given.Peer("c1").Sends("before");
            s.Then.Socket("c1").Says(status => status.Facts.Unread == 6);
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Resets();
            if (reverts) s.When.Target("game").Declines("c1", "it is dead");
            else s.When.Target("game").Acquires("c1", Reading.Passive);
            var (owner, other) = reverts ? ("login", "game") : ("game", "login");
            s.Then.Owner("login").IsTold<ReleaseFailed>("c1", reverts ? 1 : 0).IsTold<Released>("c1", reverts ? 0 : 1);
            s.Then.Owner(owner).IsNotTold<Closed>("c1");
            s.When.Owner(owner).ReadsBy("c1", Reading.Active(1));
            s.Then.Owner(owner).HasRead("c1", "before")
                .IsTold<Closed>("c1", closed => closed.Result.Code is ResultCode.EERESET);
            s.Then.Owner(other).IsNotTold<Closed>("c1");
        });

    [Theory]
    [Transports(10, Except = "simulated")]
    public void T39_A_revert_leaves_the_way_of_reading_and_the_credit(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Once).ConsumesWhenTold();
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Sends("first");
            s.When.Target("game").Declines("c1", "no");
            s.Then.Owner("login").IsTold<Received>("c1", received => received.Bytes.Length == 5);
            s.When.Owner("login").Consumes("c1", 5);
            s.When.Peer("c1").Sends("second");
            s.Then.Owner("login").IsTold<Received>("c1").HasRead("c1", "first");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Target("game").Acquires("c1", Reading.Active(2));
            s.Then.Owner("game").HasRead("c1", "second");
            s.When.Owner("login").ReadsBy("c1", Reading.Passive);
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESECURITY);
            s.When.Peer("c1").Sends("third");
            s.Then.Owner("game").HasRead("c1", "secondthird");
        });

    [Theory]
    [Transports(5)]
    public void T39_An_owner_that_receives_nothing_receives_nothing_after_a_revert(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Passive);
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Sends("hello");
            s.When.Target("game").Declines("c1", "no");
            s.Then.Socket("c1").Says(status => status.Facts.Unread == 5);
            s.Then.Owner("login").Owns("c1").IsNotTold<Received>("c1");
            s.When.Owner("login").ReadsBy("c1", Reading.Active(1));
            s.Then.Owner("login").HasRead("c1", "hello");
        });

    [Theory]
    [Transports(20, Except = "simulated")]
    public void T40_What_was_delivered_and_not_consumed_before_the_offer_is_the_next_owners(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Once).ConsumesWhenTold();
            s.Given.Peer("c1").Sends("fired");
            s.Given.Owner("login").Consumes("c1", 2);
            s.When.Together(all =>
            {
                all.Owner("login").Releases("c1").To("game");
                all.Peer("c1").Sends(" after");
            });
            s.When.Target("game").Acquires("c1", Reading.Active(1));
            s.Then.Owner("game").HasRead("c1", "red after");
            s.Then.Owner("login").HasRead("c1", "fi").IsTold<Received>("c1");
        });
}
