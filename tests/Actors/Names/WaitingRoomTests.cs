using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

// A crash of the actor of all sockets, which others cause, is nothing to those that wait for a name.
public sealed class WaitingRoomTests(ITestOutputHelper output) : NameTestKit(output)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_get_that_waits_is_served_after_a_crash_of_the_sockets_actor()
    {
        var (giver, taker) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Ask(taker, "x", Minute);
        Crash();
        Give(giver, first.Handle, "x");
        taker.ExpectMsg<Acquired>();
    }

    [Fact]
    public void A_get_waits_for_the_whole_of_its_time_once_more_after_a_crash()
    {
        var taker = CreateTestProbe();
        var get = Ask(taker, "x", Minute);
        Names();
        Time.Advance(TimeSpan.FromSeconds(40));
        Crash();
        Time.Advance(Minute - TimeSpan.FromSeconds(1));
        taker.ExpectNoMsg(TimeSpan.Zero);
        Time.Advance(TimeSpan.FromSeconds(1));
        Refuses(taker, get, ResultCode.EETIMEDOUT);
    }

    [Fact]
    public void The_death_of_a_taker_is_seen_after_a_crash()
    {
        var (asker, taker) = (CreateTestProbe(), CreateTestProbe());
        var get = new Get("x", taker) { Within = Minute };
        Handoff.Sockets.Tell(get, asker);
        Crash();
        Sys.Stop(taker);
        Refuses(asker, get, ResultCode.EEABORTED);
    }

    // All who are told something after it have been restarted.
    private void Crash()
    {
        Names();
        EventFilter.Exception<CrashException>().ExpectOne(
            () => Handoff.Sockets.Tell(new Listen(new Poison(), TestActor), TestActor));
        Names();
    }

    private sealed class Poison : EndPoint
    {
        public override string ToString() => throw new CrashException();
    }
}
