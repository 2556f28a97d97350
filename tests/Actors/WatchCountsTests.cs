using Akka.Actor;
using Akka.TestKit;
using Handoff.Sockets;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class WatchCountsTests(ITestOutputHelper output) : SocketTestKit(output)
{
    private const string HasRole = "had a role";
    private const string HasNone = "had none";

    [Theory]
    [InlineData(2, 1, HasRole)]
    [InlineData(2, 2, HasNone)]
    [InlineData(1, 0, HasRole)]
    public void A_party_has_a_role_until_its_last_one_has_ended(int begun, int ended, string told)
    {
        var (party, log) = (CreateTestProbe(), CreateTestProbe());
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(log)));
        Do(watcher, log, counts =>
        {
            for (var i = 0; i < begun; i++) counts.Watch(party);
            for (var i = 0; i < ended; i++) counts.Unwatch(party);
        });
        Sys.Stop(party);
        log.ExpectMsg(told);
    }

    [Fact]
    public void A_party_that_has_a_role_again_is_told_of_again()
    {
        var (party, log) = (CreateTestProbe(), CreateTestProbe());
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(log)));
        Do(watcher, log, counts =>
        {
            counts.Watch(party);
            counts.Unwatch(party);
            counts.Watch(party);
        });
        Sys.Stop(party);
        log.ExpectMsg(HasRole);
    }

    [Fact]
    public void A_party_that_died_without_a_role_is_told_of_when_it_is_given_one()
    {
        var (party, log) = (CreateTestProbe(), CreateTestProbe());
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(log)));
        Do(watcher, log, counts =>
        {
            counts.Watch(party);
            counts.Unwatch(party);
        });
        Sys.Stop(party);
        log.ExpectMsg(HasNone);
        Do(watcher, log, counts => counts.Watch(party));
        log.ExpectMsg(HasRole);
        Do(watcher, log, counts =>
        {
            counts.Unwatch(party);
            counts.Watch(party);
        });
        log.ExpectMsg(HasRole);
    }

    [Fact]
    public void No_more_than_the_last_party_without_a_role_is_watched()
    {
        var (first, second, log) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(log)));
        Do(watcher, log, counts =>
        {
            counts.Watch(first);
            counts.Watch(second);
            counts.Unwatch(first);
            counts.Unwatch(second);
        });
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        Do(watcher, log, _ => { });
        Sys.Stop(second);
        log.ExpectMsg(HasNone);
    }

    private static void Do(IActorRef watcher, TestProbe log, Action<WatchCounts> what)
    {
        watcher.Tell(what);
        log.ExpectMsg("done");
    }

    private sealed class Watcher : UntypedActor
    {
        private readonly IActorRef _log;
        private readonly WatchCounts _counts;

        public Watcher(IActorRef log)
        {
            _log = log;
            _counts = new WatchCounts(Context);
        }

        protected override void OnReceive(object message)
        {
            if (message is Terminated dead)
            {
                _log.Tell(_counts.Died(dead.ActorRef) ? HasRole : HasNone);
                return;
            }

            // An answer first: what is told while it runs comes after it.
            _log.Tell("done");
            ((Action<WatchCounts>)message)(_counts);
        }
    }
}
