using System.Diagnostics;
using System.Numerics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

public sealed class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private const string SlotsKey = "akka.scheduler.ticks-per-wheel";
    private const string TickKey = "akka.scheduler.tick-duration";
    private const string PatienceKey = "akka.scheduler.shutdown-timeout";
    private const int MostSlots = 1 << 30;
    private const int ShortestTickMilliseconds = 10;
    private const long FarthestDeadline = long.MaxValue / 4;

    private static readonly long Start = Stopwatch.GetTimestamp();

    private readonly TimerWheel _wheel;
    private readonly TimeSpan _patience;
    private int _disposed;

    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log) : base(scheduler, log)
    {
        if (scheduler.IsNullOrEmpty())
            throw ConfigurationException.NullOrEmptyConfig<HashedWheelTimerScheduler>();

        var slots = scheduler.GetInt(SlotsKey);
        if (slots is <= 0 or > MostSlots)
            throw new ArgumentOutOfRangeException(SlotsKey, slots, $"1 to {MostSlots}");
        var tick = scheduler.GetTimeSpan(TickKey, TimeSpan.Zero);
        if (tick.TotalMilliseconds < ShortestTickMilliseconds)
            throw new ArgumentOutOfRangeException(TickKey, tick, $"at least {ShortestTickMilliseconds} ms");
        _patience = scheduler.GetTimeSpan(PatienceKey, TimeSpan.Zero);
        _wheel = new TimerWheel((int)BitOperations.RoundUpToPowerOf2((uint)slots), tick, Failed);
    }

    public override TimeSpan MonotonicClock => HighResMonotonicClock;

    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(Start);

    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    // What is still to come happens now, so that nobody waits for it for ever.
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        var rest = _wheel.Stop(_patience);
        if (rest == null)
        {
            Log.Warning("The scheduler did not come to an end within {0}", _patience);
            return;
        }

        foreach (var entry in rest)
        {
            try
            {
                entry.Fire();
            }
            catch (SchedulerException)
            {
                // It wanted to schedule more, which nothing can any longer.
            }
            catch (Exception e)
            {
                Failed(entry, e);
            }
        }
    }

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(new ScheduledTell(_wheel, DeadlineAfter(delay), 0, receiver, message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable cancelable) =>
        Add(
            new ScheduledTell(_wheel, DeadlineAfter(initialDelay), interval.Ticks, receiver, message, sender),
            cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Add(new ScheduledAction(_wheel, DeadlineAfter(delay), 0, action), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Add(new ScheduledRunnable(_wheel, DeadlineAfter(delay), 0, action), cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(new ScheduledAction(_wheel, DeadlineAfter(initialDelay), interval.Ticks, action), cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Add(new ScheduledRunnable(_wheel, DeadlineAfter(initialDelay), interval.Ticks, action), cancelable);

    private void Add(ScheduledEntry entry, ICancelable cancelable)
    {
        if (entry.ObeyTo(cancelable))
            _wheel.Add(entry);
    }

    private long DeadlineAfter(TimeSpan delay) => _wheel.Now + Math.Min(delay.Ticks, FarthestDeadline);

    private void Failed(ScheduledEntry entry, Exception e)
    {
        try
        {
            Log.Error(e, "Error while executing scheduled task {0}", entry);
        }
        catch (Exception)
        {
            // A logger that fails must not end the thread that all timers depend on.
        }
    }
}
