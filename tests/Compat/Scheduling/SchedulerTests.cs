using System.Diagnostics;
using Akka.Actor;
using Akka.Dispatch;

namespace Handoff.Compat.Tests.Scheduling;

public sealed class SchedulerTests : SchedulerTest
{
    [Fact]
    public async Task A_message_is_told_once_and_not_before_its_time()
    {
        var delay = TimeSpan.FromMilliseconds(Soon);
        var start = Stopwatch.GetTimestamp();
        Scheduler.ScheduleTellOnce(delay, To, "m", ActorRefs.Nobody);

        Assert.Equal(("m", ActorRefs.Nobody), await To.Next());

        Assert.True(Stopwatch.GetElapsedTime(start) >= delay);
        Assert.Empty(await SoFar());
    }

    [Fact]
    public async Task A_delay_of_nothing_is_a_delay_too()
    {
        Scheduler.ScheduleTellOnce(TimeSpan.Zero, To, "m", ActorRefs.NoSender);

        Assert.Equal("m", (await To.Next()).Message);
    }

    [Fact]
    public async Task A_message_can_be_told_again_and_again_until_it_is_cancelled()
    {
        var cancelable = new Cancelable(Scheduler);
        Scheduler.ScheduleTellRepeatedly(
            TimeSpan.Zero, TimeSpan.FromMilliseconds(10), To, "m", ActorRefs.NoSender, cancelable);

        for (var i = 0; i < 5; i++)
            Assert.Equal("m", (await To.Next()).Message);
        cancelable.Cancel();

        _ = await SoFar();
        Assert.Empty(await SoFar());
    }

    [Fact]
    public async Task Every_way_to_say_it_tells_or_acts()
    {
        var c = new Cancelable(Scheduler);
        var soon = TimeSpan.FromMilliseconds(Soon);
        ITellScheduler tell = Scheduler;
        tell.ScheduleTellOnce(soon, To, 1, ActorRefs.NoSender);
        tell.ScheduleTellOnce(soon, To, 2, ActorRefs.NoSender, c);
        tell.ScheduleTellOnce(Soon, To, 3, ActorRefs.NoSender);
        tell.ScheduleTellOnce(Soon, To, 4, ActorRefs.NoSender, c);
        Scheduler.ScheduleTellOnceCancelable(soon, To, 5, ActorRefs.NoSender);
        Scheduler.ScheduleTellOnceCancelable(Soon, To, 6, ActorRefs.NoSender);
        Advanced.ScheduleOnce(soon, () => To.Note(7));
        Advanced.ScheduleOnce(soon, () => To.Note(8), c);
        Advanced.ScheduleOnce(Soon, () => To.Note(9));
        Advanced.ScheduleOnce(Soon, () => To.Note(10), c);
        Advanced.ScheduleOnceCancelable(soon, () => To.Note(11));
        Advanced.ScheduleOnceCancelable(Soon, () => To.Note(12));
        Advanced.ScheduleOnce(soon, new Noting(To, 13));
        Advanced.ScheduleOnce(soon, new Noting(To, 14), c);

        Assert.Equal(Enumerable.Range(1, 14), (await SoFar(5 * Soon)).Cast<int>().Order());
    }

    [Fact]
    public async Task Every_way_to_say_again_and_again_does_so_until_it_is_cancelled()
    {
        var c = new Cancelable(Scheduler);
        var (soon, often) = (TimeSpan.FromMilliseconds(Soon), TimeSpan.FromMilliseconds(10));
        ITellScheduler tell = Scheduler;
        tell.ScheduleTellRepeatedly(soon, often, To, 1, ActorRefs.NoSender);
        tell.ScheduleTellRepeatedly(soon, often, To, 2, ActorRefs.NoSender, c);
        tell.ScheduleTellRepeatedly(Soon, 10, To, 3, ActorRefs.NoSender);
        tell.ScheduleTellRepeatedly(Soon, 10, To, 4, ActorRefs.NoSender, c);
        Advanced.ScheduleRepeatedly(soon, often, () => To.Note(5));
        Advanced.ScheduleRepeatedly(soon, often, () => To.Note(6), c);
        Advanced.ScheduleRepeatedly(Soon, 10, () => To.Note(7));
        Advanced.ScheduleRepeatedly(Soon, 10, () => To.Note(8), c);
        Advanced.ScheduleRepeatedly(soon, often, new Noting(To, 9));
        Advanced.ScheduleRepeatedly(soon, often, new Noting(To, 10), c);
        ICancelable[] made =
        [
            Scheduler.ScheduleTellRepeatedlyCancelable(soon, often, To, 11, ActorRefs.NoSender),
            Scheduler.ScheduleTellRepeatedlyCancelable(Soon, 10, To, 12, ActorRefs.NoSender),
            Advanced.ScheduleRepeatedlyCancelable(soon, often, () => To.Note(13)),
            Advanced.ScheduleRepeatedlyCancelable(Soon, 10, () => To.Note(14)),
        ];

        var counts = new int[15];
        while (counts[1..].Any(n => n < 3))
            counts[(int)(await To.Next()).Message]++;
        c.Cancel();
        foreach (var cancelable in made)
            cancelable.Cancel();

        _ = await SoFar();
        Assert.Equal([1, 3, 5, 7, 9], (await SoFar()).Cast<int>().Distinct().Order());
    }

    [Fact]
    public async Task What_is_due_earlier_happens_earlier_whatever_was_scheduled_first()
    {
        for (var i = 10; i > 0; i--)
            Scheduler.ScheduleTellOnce(40 * i, To, i, ActorRefs.NoSender);

        Assert.Equal(Enumerable.Range(1, 10), (await SoFar(600)).Cast<int>());
    }

    [Fact]
    public async Task What_is_due_far_beyond_one_turn_of_the_wheel_comes_in_its_turn()
    {
        using var small = Create("akka.scheduler.ticks-per-wheel = 3");
        IScheduler scheduler = small;
        scheduler.ScheduleTellOnce(300, To, "late", ActorRefs.NoSender);
        scheduler.ScheduleTellOnce(20, To, "early", ActorRefs.NoSender);

        Assert.Equal("early", (await To.Next()).Message);
        Assert.True(To.IsEmpty);
        Assert.Equal("late", (await To.Next()).Message);
    }

    [Fact]
    public async Task An_action_that_fails_is_not_repeated_and_harms_no_other()
    {
        Advanced.ScheduleRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(10), () =>
        {
            To.Note("failed");
            throw new InvalidOperationException("boom");
        });
        Advanced.ScheduleOnce(Soon, () => throw new InvalidOperationException("boom"));

        Assert.Equal(["failed"], await SoFar());
    }

    [Fact]
    public async Task Something_scheduled_may_schedule_more()
    {
        Advanced.ScheduleOnce(TimeSpan.Zero, () => Advanced.ScheduleOnce(TimeSpan.Zero, () => To.Note("inner")));

        Assert.Equal("inner", (await To.Next()).Message);
    }

    [Fact]
    public void Delays_are_not_negative_and_intervals_are_more_than_nothing()
    {
        var (less, some) = (TimeSpan.FromTicks(-1), TimeSpan.FromSeconds(1));
        foreach (var attempt in new Action[]
        {
            () => Scheduler.ScheduleTellOnce(less, To, "m", null),
            () => Scheduler.ScheduleTellOnce(less, To, "m", null, null),
            () => Scheduler.ScheduleTellRepeatedly(less, some, To, "m", null),
            () => Scheduler.ScheduleTellRepeatedly(some, TimeSpan.Zero, To, "m", null, null),
            () => Advanced.ScheduleOnce(less, () => { }),
            () => Advanced.ScheduleOnce(less, () => { }, null),
            () => Advanced.ScheduleRepeatedly(less, some, () => { }),
            () => Advanced.ScheduleRepeatedly(some, TimeSpan.Zero, () => { }, null),
        })
            Assert.Throws<ArgumentOutOfRangeException>(attempt);
    }

    [Fact]
    public void The_clocks_go_forward()
    {
        var (now, monotonic, fine) = (Scheduler.Now, Scheduler.MonotonicClock, Scheduler.HighResMonotonicClock);

        Assert.True(DateTimeOffset.UtcNow - now < Patience);
        Assert.True(Scheduler.Now >= now);
        Assert.True(Scheduler.MonotonicClock >= monotonic);
        Assert.True(Scheduler.HighResMonotonicClock >= fine);
        Assert.IsAssignableFrom<IDateTimeOffsetNowTimeProvider>(Scheduler);
    }

    private sealed class Noting(Receiver to, object message) : IRunnable
    {
        public void Run() => to.Note(message);

        public void Execute() => Run();
    }
}
