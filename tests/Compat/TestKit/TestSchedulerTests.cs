using Akka.Actor;
using Akka.Dispatch;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestSchedulerTests : TestKit
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestScheduler _scheduler;
    private int _runs;

    public TestSchedulerTests()
        : base(TestConfigs.TestSchedulerConfig) => _scheduler = (TestScheduler)Sys.Scheduler;

    [Fact]
    public void A_message_comes_when_its_time_has_come()
    {
        _scheduler.ScheduleTellOnce(Minute, TestActor, "a", ActorRefs.NoSender);
        _scheduler.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.False(HasMessages);
        _scheduler.Advance(TimeSpan.FromTicks(1));
        ExpectMsg("a");
        _scheduler.Advance(10 * Minute);
        Assert.False(HasMessages);
    }

    [Fact]
    public void Time_is_what_the_test_says()
    {
        var start = _scheduler.Now;
        _scheduler.Advance(Minute);
        Assert.Equal(start + Minute, _scheduler.Now);
        _scheduler.ScheduleTellOnce(Minute, TestActor, "a", ActorRefs.NoSender);
        _scheduler.AdvanceTo(start + 2 * Minute);
        ExpectMsg("a");
        Assert.Throws<InvalidOperationException>(() => _scheduler.AdvanceTo(start));
    }

    [Fact]
    public void What_is_due_comes_in_the_order_of_time()
    {
        _scheduler.ScheduleTellOnce(2 * Minute, TestActor, "second", ActorRefs.NoSender);
        _scheduler.ScheduleTellOnce(Minute, TestActor, "first", ActorRefs.NoSender);
        _scheduler.Advance(3 * Minute);
        Assert.Equal(["first", "second"], ReceiveN(2));
    }

    [Fact]
    public void A_repeated_message_comes_once_for_each_advance()
    {
        _scheduler.ScheduleTellRepeatedly(Minute, Minute, TestActor, "tick", ActorRefs.NoSender);
        _scheduler.Advance(Minute);
        ExpectMsg("tick");
        _scheduler.Advance(5 * Minute);
        ExpectMsg("tick");
        Assert.False(HasMessages);
        _scheduler.Advance(Minute);
        ExpectMsg("tick");
    }

    [Fact]
    public void A_cancelled_message_does_not_come()
    {
        using var once = new Cancelable(Sys.Scheduler);
        using var often = new Cancelable(Sys.Scheduler);
        _scheduler.ScheduleTellOnce(Minute, TestActor, "once", ActorRefs.NoSender, once);
        _scheduler.ScheduleTellRepeatedly(Minute, Minute, TestActor, "often", ActorRefs.NoSender, often);
        once.Cancel();
        _scheduler.Advance(Minute);
        ExpectMsg("often");
        often.Cancel();
        _scheduler.Advance(Minute);
        Assert.False(HasMessages);
    }

    [Fact]
    public void An_action_runs_when_its_time_has_come()
    {
        Assert.Same(_scheduler, _scheduler.Advanced);
        _scheduler.ScheduleOnce(Minute, () => _runs++);
        using var cancelable = new Cancelable(Sys.Scheduler);
        _scheduler.ScheduleOnce(Minute, () => _runs += 10, cancelable);
        _scheduler.Advance(Minute);
        Assert.Equal(11, _runs);
        _scheduler.Advance(Minute);
        Assert.Equal(11, _runs);
    }

    [Fact]
    public void A_repeated_action_runs_until_it_is_cancelled()
    {
        using var cancelable = new Cancelable(Sys.Scheduler);
        _scheduler.ScheduleRepeatedly(Minute, Minute, () => _runs++);
        _scheduler.ScheduleRepeatedly(TimeSpan.Zero, Minute, () => _runs += 10, cancelable);
        _scheduler.Advance(Minute);
        Assert.Equal(11, _runs);
        cancelable.Cancel();
        _scheduler.Advance(Minute);
        Assert.Equal(12, _runs);
    }

    [Fact]
    public void An_action_may_schedule_the_next_one()
    {
        _scheduler.ScheduleOnce(Minute, () => _scheduler.ScheduleOnce(Minute, () => _runs++));
        _scheduler.Advance(Minute);
        Assert.Equal(0, _runs);
        _scheduler.Advance(Minute);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public void Runnables_are_not_taken()
    {
        var runnable = new Nothing();
        using var cancelable = new Cancelable(Sys.Scheduler);
        Assert.Throws<NotImplementedException>(() => _scheduler.ScheduleOnce(Minute, runnable));
        Assert.Throws<NotImplementedException>(() => _scheduler.ScheduleOnce(Minute, runnable, cancelable));
        Assert.Throws<NotImplementedException>(() => _scheduler.ScheduleRepeatedly(Minute, Minute, runnable));
        Assert.Throws<NotImplementedException>(
            () => _scheduler.ScheduleRepeatedly(Minute, Minute, runnable, cancelable));
    }

    [Fact]
    public void Other_clocks_go_on()
    {
        var (before, precise) = (_scheduler.MonotonicClock, _scheduler.HighResMonotonicClock);
        AwaitCondition(() => _scheduler.MonotonicClock > before && _scheduler.HighResMonotonicClock > precise);
    }

    [Fact]
    public void The_timers_of_an_actor_follow_the_test()
    {
        var actor = ActorOf(() => new Ticker(TestActor));
        ExpectMsg("started");
        _scheduler.Advance(Minute);
        ExpectMsg("tick");
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        _scheduler.Advance(Minute);
        Assert.False(HasMessages);
    }

    private sealed class Nothing : IRunnable
    {
        public void Run()
        {
        }

        public void Execute()
        {
        }
    }

    private sealed class Ticker : ReceiveActor, IWithTimers
    {
        private readonly IActorRef _listener;

        public Ticker(IActorRef listener)
        {
            _listener = listener;
            Receive<string>(listener.Tell);
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Timers.StartSingleTimer("key", "tick", Minute);
            _listener.Tell("started");
        }
    }
}
