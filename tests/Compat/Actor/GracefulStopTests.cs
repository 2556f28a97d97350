using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class GracefulStopTests : ActorTest
{
    [Fact]
    public async Task An_actor_that_stops_in_time_has_stopped()
    {
        var actor = Diary("a");
        Assert.True(await actor.GracefulStop(Patience));
        await Journal.Expect("a created", "a PreStart", "a PostStop");
    }

    [Fact]
    public async Task The_message_that_stops_it_may_be_the_users()
    {
        var actor = Sys.ActorOf(Props.Create(() => new StopsOn("enough")));
        Assert.True(await actor.GracefulStop(Patience, "enough"));
    }

    [Fact]
    public async Task An_actor_that_does_not_stop_in_time_has_not_stopped() =>
        Assert.False(await Puppet().GracefulStop(TimeSpan.FromMilliseconds(50), "no reason to stop"));

    [Fact]
    public async Task An_actor_that_stopped_before_has_stopped()
    {
        var actor = Puppet();
        Sys.Stop(actor);
        await Gone(actor, Sys);
        Assert.True(await actor.GracefulStop(Patience));
    }

    private sealed class StopsOn : ReceiveActor
    {
        public StopsOn(string word) => Receive<string>(said => said == word, _ => Context.Stop(Self));
    }
}
