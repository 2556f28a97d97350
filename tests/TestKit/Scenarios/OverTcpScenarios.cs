using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// The stories in which bytes move, over the system's own TCP: the same language and the same checks.
public sealed class OverTcpScenarios
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly ScenarioSetup Tcp = new() { Transport = ScenarioTransport.Tcp };

    [Fact]
    public void T07_A_target_that_acquires_owns_and_the_old_owner_can_do_nothing() => Scenario.Play(Tcp, seed: 1, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.Target("game").Acquires("c1").Writes("c1", "hello");
        s.Then.Owner("game").Owns("c1");
        s.Then.Peer("c1").HasReceived("hello");
        s.When.Owner("login").Closes("c1");
        s.Then.Owner("login").IsRefused("c1", ResultCode.EESECURITY).IsTold<Released>("c1");
        s.When.Owner("game").Closes("c1");
        s.Then.Peer("c1").SeesTheEnd();
        s.When.Peer("c1").Closes();
        s.Then.Owner("game").IsTold<Closed>("c1", closed => closed.Result.IsSuccess);
    });

    [Fact]
    public void T33_Bytes_of_before_during_and_after_the_offer_come_once_and_in_order() =>
        Scenario.Play(Tcp, seed: 1, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(2)).ConsumesWhenTold();
            s.Given.Peer("c1").Sends(Mebibyte / 2);
            s.Then.Owner("login").IsTold<Received>("c1", times: 2);
            s.Given.Owner("login").Consumes("c1", 1000);
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Sends(Mebibyte / 4);
            s.When.Target("game").Acquires("c1", Reading.Active(4));
            s.When.Peer("c1").Sends(Mebibyte / 4).FinishesSending();
            s.Then.Owner("game").HasRead("c1", Mebibyte - 1000).SawTheEnd("c1");
        });

    [Fact]
    public void T34_After_a_revert_all_of_them_are_the_old_owners() => Scenario.Play(Tcp, seed: 1, s =>
    {
        s.Given.Owner("login").Holds("c1", Reading.Active(4));
        s.When.Owner("login").Releases("c1").To("game");
        s.When.Peer("c1").Sends(Mebibyte);
        s.When.Target("game").Declines("c1", "no");
        s.Then.Owner("login").HasRead("c1", Mebibyte).Owns("c1");
    });

    [Fact]
    public void T37_A_peer_that_finishes_while_on_offer_is_read_to_its_end_by_the_next_owner() =>
        Scenario.Play(Tcp, seed: 1, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(4));
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Peer("c1").Sends("last words").FinishesSending();
            s.When.Target("game").Acquires("c1", Reading.Active(4));
            s.Then.Owner("game").HasRead("c1", "last words").IsTold<PeerFinished>("c1").Owns("c1");
            s.Then.Owner("login").IsNotTold<PeerFinished>("c1").IsNotTold<Received>("c1");
        });

    [Fact]
    public void T38_A_reset_while_on_offer_is_told_to_whoever_ends_up_the_owner() => Scenario.Play(Tcp, seed: 1, s =>
    {
        s.Given.Owner("login").Holds("c1", Reading.Passive);
        s.When.Owner("login").Releases("c1").To("game");
        s.When.Peer("c1").Resets();
        s.When.Target("game").Acquires("c1", Reading.Active(1));
        s.Then.Owner("game").IsTold<Closed>("c1", closed => closed.Result.Code is ResultCode.EERESET);
        s.Then.Owner("login").IsTold<Released>("c1").IsNotTold<Closed>("c1");
    });

    [Fact]
    public void T46_A_close_after_a_handoff_sends_everything_and_then_the_end() => Scenario.Play(Tcp, seed: 1, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.Given.Peer("c1").StopsReading();
        s.When.Owner("login").Writes("c1", 50_000).Writes("c1", 50_000).Releases("c1").To("game");
        s.When.Target("game").Acquires("c1").Writes("c1", 50_000).Closes("c1");
        s.Then.Peer("c1").SeesNoEnd();
        s.When.Peer("c1").ReadsAgain();
        s.Then.Peer("c1").HasReceived(150_000).SeesTheEnd();
        s.When.Peer("c1").Closes();
        s.Then.Owner("game").IsTold<Closed>("c1", closed => closed.Result.IsSuccess);
    });

    [Fact]
    public void T48_A_restarted_owner_keeps_its_peer_and_an_heir_goes_on_where_a_dead_one_was() =>
        Scenario.Play(Tcp, seed: 1, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(1), heir: "heir").WillReattach().ConsumesWhenTold();
            s.Given.Heir("heir").WillAcquire(Reading.Active(1));
            s.Given.Peer("c1").Sends("twice");
            s.Then.Owner("login").IsTold<Received>("c1");
            s.When.Owner("login").Crashes();
            s.Then.Owner("login").IsTold<Received>("c1", times: 2).Owns("c1");
            s.When.Owner("login").Stops();
            s.Then.Owner("heir").Owns("c1").HasRead("c1", "twice");
            s.Then.Peer("c1").SeesNoEnd();
        });

    [Fact]
    public void T50_A_target_that_dies_reverts_the_offer_at_once() => Scenario.Play(Tcp, seed: 1, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.Given.Target("game").WillStop();
        s.When.Owner("login").Releases("c1").To("game");
        s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.TargetDied).Owns("c1");
    });
}
