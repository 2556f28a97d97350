using Akka.Actor;

namespace Akka.Streams.Stage;

// A stage with timers, each under a key. They run in PreStart at the earliest, and end with the stage.
public abstract class TimerGraphStageLogic : GraphStageLogic
{
    private readonly Dictionary<object, Timer> _timers = [];
    private Action<(object Key, long Number)> _onFired;
    private long _lastNumber;

    protected TimerGraphStageLogic(Shape shape)
        : base(shape)
    {
    }

    protected abstract void OnTimer(object timerKey);

    protected override void AfterPostStop()
    {
        foreach (var timer in _timers.Values)
            timer.Task.Cancel();
        _timers.Clear();
        base.AfterPostStop();
    }

    protected void ScheduleOnce(object timerKey, TimeSpan delay) =>
        Start(timerKey, isRepeated: false, fire => Materializer.ScheduleOnce(delay, fire));

    protected void ScheduleRepeatedly(object timerKey, TimeSpan interval) =>
        ScheduleRepeatedly(timerKey, interval, interval);

    protected void ScheduleRepeatedly(object timerKey, TimeSpan initialDelay, TimeSpan interval) =>
        Start(timerKey, isRepeated: true, fire => Materializer.ScheduleRepeatedly(initialDelay, interval, fire));

    protected void CancelTimer(object timerKey)
    {
        if (_timers.Remove(timerKey, out var timer))
            timer.Task.Cancel();
    }

    protected bool IsTimerActive(object timerKey) => _timers.ContainsKey(timerKey);

    // A timer that fired may still be on its way when it is cancelled or started anew, hence the number.
    private void Start(object timerKey, bool isRepeated, Func<Action, ICancelable> schedule)
    {
        CancelTimer(timerKey);
        var onFired = _onFired ??= GetAsyncCallback<(object Key, long Number)>(f => Fired(f.Key, f.Number));
        var number = ++_lastNumber;
        _timers[timerKey] = new Timer(number, isRepeated, schedule(() => onFired((timerKey, number))));
    }

    private void Fired(object key, long number)
    {
        if (!_timers.TryGetValue(key, out var timer) || timer.Number != number)
            return;
        if (!timer.IsRepeated)
            _timers.Remove(key);
        OnTimer(key);
    }

    private readonly record struct Timer(long Number, bool IsRepeated, ICancelable Task);
}
