using Handoff.TestKit.Running;

namespace Handoff.TestKit.Tests.Running;

public sealed class VirtualClockTests
{
    private readonly VirtualClock _clock = new();
    private readonly List<string> _log = [];

    [Fact]
    public void Time_passes_when_it_is_told_to_and_not_otherwise()
    {
        Assert.Equal((VirtualClock.Start, 0L), (_clock.GetUtcNow(), _clock.GetTimestamp()));
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(VirtualClock.Start.AddHours(2), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(2), _clock.GetElapsedTime(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(-TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void A_timer_that_repeats_fires_at_each_of_its_due_times_in_one_advance()
    {
        using var timer = Timer("tick", after: 2, every: 3);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(["tick at 2", "tick at 5", "tick at 8"], _log);
        Assert.Equal((TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11)), (_clock.Elapsed, _clock.NextDue));
    }

    [Fact]
    public void Timers_that_are_due_at_the_same_time_fire_in_the_order_in_which_they_were_set()
    {
        using var late = Timer("late", after: 2);
        using var first = Timer("first", after: 1);
        using var second = Timer("second", after: 1);
        using var third = Timer("third", after: 1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["first at 1", "second at 1", "third at 1", "late at 2"], _log);
    }

    [Fact]
    public void What_a_timer_sets_fires_in_the_same_advance_if_it_is_due_by_then()
    {
        using var outer = _clock.CreateTimer(
            _ => Timer("inner", after: 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["inner at 2"], _log);
    }

    [Fact]
    public void The_clock_goes_to_the_next_due_time_and_says_when_there_is_none()
    {
        using var one = Timer("one", after: 3);
        using var two = Timer("two", after: 7);
        Assert.True(_clock.AdvanceToNext());
        Assert.Equal(TimeSpan.FromSeconds(3), _clock.Elapsed);
        Assert.True(_clock.AdvanceToNext());
        Assert.False(_clock.AdvanceToNext());
        Assert.Equal(["one at 3", "two at 7"], _log);
        Assert.Equal((TimeSpan.FromSeconds(7), null), (_clock.Elapsed, _clock.NextDue));
    }

    [Fact]
    public void A_timer_without_delay_fires_without_time_passing()
    {
        using var now = Timer("now", after: 0);
        Assert.Empty(_log);
        Assert.Equal(1, _clock.RunUntilIdle());
        Assert.Equal(["now at 0"], _log);
    }

    [Fact]
    public void A_changed_timer_fires_when_it_is_due_now_and_a_disposed_one_never()
    {
        using var moved = Timer("moved", after: 1);
        using var stopped = Timer("stopped", after: 1);
        var gone = Timer("gone", after: 1);
        Assert.True(moved.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan));
        Assert.True(stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        gone.Dispose();
        Assert.False(gone.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal(1, _clock.Pending);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(["moved at 4"], _log);
        Assert.Equal(0, _clock.Pending);
    }

    [Fact]
    public void A_timer_that_an_earlier_one_of_the_same_instant_stops_does_not_fire()
    {
        ITimer? second = null;
        using var first = _clock.CreateTimer(
            _ => second!.Dispose(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        second = Timer("second", after: 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_log);
    }

    [Fact]
    public void Timers_that_were_set_and_stopped_without_end_are_not_kept()
    {
        using var kept = Timer("kept", after: 60);
        for (var i = 0; i < 100_000; i++) Timer("stopped", after: 30).Dispose();
        Assert.Equal(1, _clock.Pending);
        Assert.InRange(_clock.Kept, 1, 1000);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(["kept at 60"], _log);
    }

    private ITimer Timer(string name, int after, int? every = null) => _clock.CreateTimer(
        _ => _log.Add($"{name} at {_clock.Elapsed.TotalSeconds}"),
        null,
        TimeSpan.FromSeconds(after),
        every is { } period ? TimeSpan.FromSeconds(period) : Timeout.InfiniteTimeSpan);
}
