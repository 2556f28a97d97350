using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// T41: datagram sockets. That each message comes once, whole and with who sent it is always watched.
public sealed class DatagramScenarios
{
    [Theory]
    [Transports(10, Datagrams = true)]
    public void T41_Each_datagram_keeps_its_sender_across_a_handoff_and_is_answered_by_the_next_owner(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Binds("board");
            s.Given.Sender("ann").Sends("board", "one");
            s.Given.Sender("joe").Sends("board", "two");
            s.Given.Owner("login").ReadsMessages("board", 1);
            s.When.Owner("login").Releases("board").To("game");
            s.When.Sender("ann").Sends("board", "three");
            s.When.Sender("joe").Sends("board", "");
            s.When.Target("game").Acquires("board");
            s.When.Sender("eve").Sends("board", "five");
            s.When.Owner("game").ReadsMessages("board", 4);
            s.Then.Owner("login").HasReadFrom("board", ("ann", "one"));
            s.Then.Owner("game").HasReadFrom("board", ("joe", "two"), ("ann", "three"), ("joe", ""), ("eve", "five"));
            s.When.Owner("game").SendsTo("board", "joe", "to joe").SendsTo("board", "ann", "to ann");
            s.Then.Sender("joe").HasReceived("to joe");
            s.Then.Sender("ann").HasReceived("to ann");
            s.Then.Sender("eve").HasReceived();
            s.When.Owner("login").SendsTo("board", "eve", "late");
            s.Then.Owner("login").IsRefused("board", ResultCode.EESECURITY);
            s.Then.Sender("eve").HasReceived();
        });

    [Theory]
    [Transports(10, Datagrams = true)]
    public void T41_After_a_revert_they_come_again_with_their_senders_and_then_to_the_next_owner(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Binds("board", Reading.Active(8)).ConsumesWhenTold();
            s.Given.Sender("ann").Sends("board", "one");
            s.Given.Sender("joe").Sends("board", "two");
            s.Given.Owner("login").ConsumesMessages("board", 1);
            s.When.Owner("login").Releases("board").To("game");
            s.When.Sender("ann").Sends("board", "three");
            s.When.Owner("login").SendsTo("board", "ann", "while on offer");
            s.Then.Owner("login").IsRefused("board", ResultCode.EESOCKRLSD);
            s.When.Target("game").Declines("board", "no");
            s.Then.Owner("login").IsToldItFailed("board", OfferOutcome.Declined).Owns("board");
            s.When.Owner("login").ConsumesMessages("board", 1).SendsTo("board", "joe", "answer");
            s.Then.Owner("login").HasReadFrom("board", ("ann", "one"), ("joe", "two")).IsTold<Sent>("board");
            s.Then.Sender("joe").HasReceived("answer");
            s.When.Owner("login").Releases("board").To("game");
            s.When.Target("game").Acquires("board", Reading.Active(1));
            s.Then.Owner("game").HasReadFrom("board", ("ann", "three"));
            s.Then.Sender("ann").HasReceived();
        });

    [Theory]
    [Transports(10, Datagrams = true)]
    public void T41_The_heir_of_a_dead_owner_reads_on_with_the_senders(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Binds("board", heir: "heir");
            s.Given.Heir("heir").WillAcquire(Reading.Active(1));
            s.Given.Sender("ann").Sends("board", "one").Sends("board", "two");
            s.Given.Owner("login").ReadsMessages("board", 1);
            s.When.Owner("login").Stops();
            s.When.Sender("joe").Sends("board", "three");
            s.Then.Owner("heir").Owns("board").HasReadFrom("board", ("ann", "two"), ("joe", "three"));
        });
}
