using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Scenarios;
using LoginToGame;

namespace Handoff.ScenarioTest.Tests;

public sealed class LoginScenario
{
    [Theory, Seeds(20)]
    public void What_is_behind_the_name_is_the_games(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Target("game").WillAcquire(Reading.Active(1));
        s.Given.Actor("login", Props.Create<Login>(s.RefOf("game")));
        s.Given.Owner("host").Listens("door", acceptor: "login");
        s.When.Peer("player").ConnectsTo("door").Sends("jo").Sends("e\nlook").Sends("\n");
        s.Then.Target("game").IsTold<Offered>("player", offered => offered.Attachment is "joe");
        s.Then.Owner("game").Owns("player").HasRead("player", "look\n");
    });
}
