using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;

namespace Handoff.TestKit.Tests.Scenarios;

// T42 to T47: what owners send. That the peer gets each accepted byte once and in order is always watched.
public sealed class OutboundScenarios
{
    private const int Kibibyte = 1024;

    [Theory]
    [Transports(5)]
    public void T42_What_the_old_owner_queued_goes_out_before_what_the_new_one_writes(string transport, int seed) =>
        Scenario.Play(With.RoomToSend(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").StopsReading();
            s.When.Owner("login").Writes("c1", s.Transport.TooMuch).Writes("c1", 1000).Releases("c1").To("game");
            s.When.Target("game").Acquires("c1").Writes("c1", 10 * Kibibyte);
            s.Then.Owner("game").Owns("c1");
            s.Then.Socket("c1").Says(status => status.Facts.Unsent > 11_000);
            s.When.Peer("c1").ReadsAgain();
            s.Then.Peer("c1").HasReceived(s.Transport.TooMuch + 1000 + (10 * Kibibyte)).HasReceivedAll();
        });

    [Theory]
    [Transports(5)]
    public void T43_A_writer_that_waits_for_room_pins_the_socket_and_only_it_is_told_of_the_room(
        string transport, int seed) => Scenario.Play(With.LargeWrites(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Passive);
            s.Given.Peer("c1").StopsReading();
            s.When.Owner("login").Writes("c1", s.Transport.TooMuch);
            s.Then.Owner("login").IsNotTold<Written>("c1").IsRefusedNothing("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EEBUSY);
            s.Then.Target("game").IsNotTold<Offered>("c1");
            s.When.Peer("c1").ReadsAgain();
            s.Then.Owner("login").IsTold<Written>("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Target("game").Acquires("c1", Reading.Passive).Writes("c1", 1000);
            s.Then.Owner("game").IsTold<Written>("c1");
            s.Then.Owner("login").IsTold<Written>("c1");
            s.Then.Peer("c1").HasReceived(s.Transport.TooMuch + 1000);
        });

    [Theory]
    [Transports(10)]
    public void T44_A_write_while_on_offer_or_after_the_switch_is_refused_and_the_peer_never_sees_it(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1").Holds("c2", Reading.Passive);
            for (var i = 1; i <= 2; i++)
            {
                var connection = $"c{i}";
                s.When.Owner("login").Releases(connection).To("game");
                s.When.Owner("login").Writes(connection, "while on offer");
                s.Then.Owner("login").IsRefused(connection, ResultCode.EESOCKRLSD);
                s.When.Target("game").Acquires(connection).Writes(connection, "new");
                s.When.Owner("login").Writes(connection, "after the switch");
                s.Then.Owner("login").IsRefused(connection, ResultCode.EESECURITY);
                s.Then.Peer(connection).HasReceived("new");
            }
        });

    [Theory]
    [Transports(5)]
    public void T45_A_write_in_flight_makes_a_release_wait_with_a_code_and_is_never_cut(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").StopsReading();
            s.When.Owner("login").Writes("c1", s.Transport.TooMuch).Releases("c1").To("game");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EEBUSY).Owns("c1");
            s.When.Peer("c1").ReadsAgain();
            s.Then.Peer("c1").HasReceivedAll();
            s.When.Owner("login").Releases("c1").To("game");
            s.When.Target("game").Acquires("c1").Closes("c1");
            s.Then.Peer("c1").HasReceived(s.Transport.TooMuch).SeesTheEnd();
        });

    [Theory]
    [Transports(10)]
    public void T45_Bytes_that_are_not_flushed_or_a_result_that_is_open_make_a_release_busy(
        string transport, int seed) => Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1").Holds("c2");
            s.Given.Peer("c2").Sends("hello");
            s.When.Owner("login").WritesUnflushed("c1", "half a line").Releases("c1").To("game");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EEBUSY).Owns("c1");
            s.When.Owner("login").Examines("c2").Releases("c2").To("game");
            s.Then.Owner("login").IsRefused("c2", ResultCode.EEBUSY).Owns("c2");
            s.When.Owner("login").Advances("c2", consumed: 1).Releases("c2").To("game");
            s.When.Target("game").Acquires("c2").Reads("c2", 4);
            s.Then.Owner("game").HasRead("c2", "ello");
            s.Then.Target("game").IsNotTold<Offered>("c1");
        });

    [Theory]
    [Transports(10)]
    public void T46_A_close_after_a_handoff_sends_everything_and_then_the_end(string transport, int seed) =>
        Scenario.Play(ScenarioSetup.On(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Peer("c1").StopsReading();
            s.When.Owner("login").Writes("c1", 50 * Kibibyte).Writes("c1", 50 * Kibibyte).Releases("c1").To("game");
            s.When.Target("game").Acquires("c1").Writes("c1", 50 * Kibibyte).Closes("c1");
            s.Then.Peer("c1").SeesNoEnd();
            s.When.Peer("c1").ReadsAgain();
            s.Then.Peer("c1").HasReceived(150 * Kibibyte).SeesTheEnd();
            s.When.Peer("c1").Closes();
            s.Then.Owner("game").IsTold<Closed>("c1", closed => closed.Result.IsSuccess);
        });

    [Theory]
    [Transports(5)]
    public void T47_A_write_is_accepted_or_waits_or_is_refused_and_then_the_writer_hears_of_room(
        string transport, int seed) => Scenario.Play(With.LargeWrites(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Passive);
            s.Given.Peer("c1").StopsReading();
            s.When.Owner("login").Writes("c1", 1000);
            s.Then.Owner("login").IsTold<Written>("c1").IsRefusedNothing("c1");
            s.When.Owner("login").Writes("c1", s.Transport.TooMuch);
            s.Then.Owner("login").IsTold<Written>("c1").IsRefusedNothing("c1");
            s.When.Owner("login").Writes("c1", 1);
            s.Then.Owner("login").IsRefused("c1", ResultCode.EEALREADY);
            s.When.Peer("c1").ReadsAgain();
            s.Then.Owner("login").IsTold<Written>("c1", times: 2);
            s.When.Owner("login").Writes("c1", 1);
            s.Then.Owner("login").IsTold<Written>("c1", times: 3);
            s.Then.Peer("c1").HasReceived(1000 + s.Transport.TooMuch + 1);
        });
}
