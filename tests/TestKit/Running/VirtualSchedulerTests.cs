using Akka.Actor;
using Akka.TestKit;
using Handoff.TestKit.Running;
using Xunit.Abstractions;

namespace Handoff.TestKit.Tests.Running;

// The scheduler alone, under Akka's own dispatchers.
public sealed class VirtualSchedulerTests(ITestOutputHelper output) : Akka.TestKit.Xunit2.TestKit(
    """akka.scheduler.implementation = "Handoff.TestKit.Running.VirtualScheduler, Handoff.TestKit" """, null, output)
{
    private VirtualClock Clock => ((VirtualScheduler)Sys.Scheduler).Clock;

    [Fact]
    public void A_timer_of_an_actor_fires_at_each_of_its_due_times()
    {
        var probe = CreateTestProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Ticking(probe)));
        ExpectTold(probe, "started");
        Clock.Advance(TimeSpan.FromSeconds(30));
        for (var tick = 0; tick < 3; tick++) ExpectTold(probe, "tick");
        actor.Tell("stop", probe);
        ExpectTold(probe, "stopped");
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, Clock.Pending);
        probe.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void What_is_scheduled_once_happens_once_and_what_is_cancelled_does_not()
    {
        var probe = CreateTestProbe();
        using var cancelled = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), probe, "told", TestActor);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), probe, "not", TestActor, cancelled);
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromSeconds(2), () => probe.Ref.Tell("done", TestActor));
        Sys.Scheduler.Advanced.ScheduleRepeatedly(
            TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), () => probe.Ref.Tell("again", TestActor));
        cancelled.Cancel();
        Clock.Advance(TimeSpan.FromSeconds(4));
        foreach (var expected in new[] { "told", "done", "again", "again" }) ExpectTold(probe, expected);
        probe.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(VirtualClock.Start.AddSeconds(4), Sys.Scheduler.Now);
    }

    [Fact]
    public void What_a_scheduled_action_throws_comes_out_where_the_clock_is_turned()
    {
        Sys.Scheduler.Advanced.ScheduleOnce(
            TimeSpan.FromSeconds(1), () => throw new InvalidOperationException("a defect"));
        var thrown = Assert.Throws<InvalidOperationException>(() => Clock.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal("a defect", thrown.Message);
    }

    private static void ExpectTold(TestProbe probe, string expected) =>
        Assert.Equal(expected, probe.ExpectMsg<string>(TimeSpan.FromSeconds(20)));

    private sealed class Ticking : ReceiveActor, IWithTimers
    {
        public Ticking(IActorRef probe)
        {
            Receive<string>(message => message == "stop", _ =>
            {
                Timers.CancelAll();
                probe.Tell("stopped");
            });
            Receive<string>(probe.Tell);
            Self.Tell("started");
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() =>
            Timers.StartPeriodicTimer("tick", "tick", TimeSpan.FromSeconds(10));
    }
}
