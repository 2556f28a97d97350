using Akka.Actor;
using Handoff.Sockets;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class WatchCountsTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Theory]
    [InlineData(2, 1, true)]
    [InlineData(2, 2, false)]
    [InlineData(1, 0, true)]
    public void A_party_is_watched_until_its_last_role_has_ended(int begun, int ended, bool told)
    {
        var (party, log) = (CreateTestProbe(), CreateTestProbe());
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(log, party, begun, ended)));
        Watch(party);
        watcher.Tell("are you there?", log);
        log.ExpectMsg("yes");
        Sys.Stop(party);
        ExpectTerminated(party);
        if (told) Assert.Equal(party, log.ExpectMsg<IActorRef>());
        watcher.Tell("are you there?", log);
        log.ExpectMsg("yes");
    }

    private sealed class Watcher : UntypedActor
    {
        private readonly IActorRef _log;

        public Watcher(IActorRef log, IActorRef party, int begun, int ended)
        {
            _log = log;
            var counts = new WatchCounts(Context);
            for (var i = 0; i < begun; i++) counts.Watch(party);
            for (var i = 0; i < ended; i++) counts.Unwatch(party);
        }

        protected override void OnReceive(object message)
        {
            if (message is Terminated dead) _log.Tell(dead.ActorRef);
            else _log.Tell("yes");
        }
    }
}
