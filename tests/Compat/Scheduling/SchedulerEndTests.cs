using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Handoff.Compat.Tests.Scheduling;

public sealed class SchedulerEndTests : SchedulerTest
{
    [Fact]
    public void A_scheduler_that_ends_does_at_once_what_is_still_to_come_but_not_what_was_cancelled()
    {
        var ending = Create();
        IScheduler scheduler = ending;
        var done = new List<string>();
        scheduler.Advanced.ScheduleOnce(Never, () => done.Add("once"));
        scheduler.Advanced.ScheduleRepeatedly(Never, Never, () => done.Add("repeated"));
        scheduler.Advanced.ScheduleOnce(Never, () => throw new InvalidOperationException("boom"));
        scheduler.Advanced.ScheduleOnceCancelable(Never, () => done.Add("cancelled")).Cancel();

        ending.Dispose();

        Assert.Equal(["once", "repeated"], done.Order());
    }

    [Fact]
    public void Nothing_can_be_scheduled_when_the_scheduler_has_ended()
    {
        var ending = Create();
        IScheduler scheduler = ending;
        scheduler.Advanced.ScheduleOnce(Never, () => { });
        ending.Dispose();

        Assert.Throws<SchedulerException>(() => scheduler.Advanced.ScheduleOnce(Never, () => { }));
        Assert.Throws<SchedulerException>(() => scheduler.ScheduleTellOnce(Never, To, "m", null));
    }

    [Fact]
    public async Task The_scheduler_of_a_system_ends_with_it()
    {
        var system = ActorSystem.Create("ends", "akka { loggers = [], stdout-loglevel = OFF }");
        var scheduler = system.Scheduler;
        scheduler.Advanced.ScheduleOnce(Never, () => To.Note("done"));

        await system.Terminate().WaitAsync(Patience);

        Assert.Equal("done", (await To.Next()).Message);
        Assert.Throws<SchedulerException>(() => scheduler.Advanced.ScheduleOnce(Never, () => { }));
    }

    [Fact]
    public async Task A_system_uses_the_scheduler_that_its_configuration_names()
    {
        var type = typeof(Virtual).AssemblyQualifiedName;
        var system = ActorSystem.Create(
            "virtual", $"akka {{ loggers = [], stdout-loglevel = OFF, scheduler.implementation = \"{type}\" }}");
        var scheduler = Assert.IsType<Virtual>(system.Scheduler);
        Assert.Equal(type, scheduler.Config.GetString("akka.scheduler.implementation"));
        Assert.NotNull(scheduler.Logger);

        system.Scheduler.ScheduleTellOnce(TimeSpan.FromMinutes(1), To, "m", ActorRefs.NoSender);
        var cancelable = new Cancelable(system.Scheduler, TimeSpan.FromMinutes(3));
        scheduler.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("m", (await To.Next()).Message);
        Assert.False(cancelable.IsCancellationRequested);
        scheduler.Advance(TimeSpan.FromMinutes(2));
        Assert.True(cancelable.IsCancellationRequested);
        Assert.Equal(TimeSpan.FromMinutes(4), system.Scheduler.MonotonicClock);

        await system.Terminate().WaitAsync(Patience);
    }

    [Theory]
    [InlineData("akka.scheduler.ticks-per-wheel = 0")]
    [InlineData("akka.scheduler.ticks-per-wheel = 2000000000")]
    [InlineData("akka.scheduler.tick-duration = 1ms")]
    public void Settings_out_of_range_are_refused(string hocon) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(hocon));

    [Fact]
    public void A_scheduler_without_settings_is_refused()
    {
        Assert.Throws<ConfigurationException>(() => new HashedWheelTimerScheduler(null!, NoLogger.Instance));
        Assert.Throws<ConfigurationException>(() => new HashedWheelTimerScheduler(Config.Empty, NoLogger.Instance));
        Assert.Equal("why", new SchedulerException("why").Message);
    }
}
