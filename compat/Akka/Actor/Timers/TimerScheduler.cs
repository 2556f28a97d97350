namespace Akka.Actor;

// A timer that fired may still be in the mailbox when it is cancelled or started anew, so what arrives is checked
// against the generation that runs.
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    // Null while there is none: many have one seldom, and most have none at last.
    private Dictionary<object, Timer> _timers;
    private int _generation;

    public IReadOnlyCollection<object> ActiveTimers => _timers != null ? _timers.Keys : [];

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        Start(key, msg, interval, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(
        object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) =>
        Start(key, msg, timeout, null, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) =>
        Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => _timers != null && _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers != null && _timers.TryGetValue(key, out var timer))
        {
            Forget(key);
            timer.Task.Cancel();
        }
    }

    public void CancelAll()
    {
        if (_timers == null)
            return;
        foreach (var timer in _timers.Values)
            timer.Task.Cancel();
        _timers = null;
    }

    // Null where the timer was cancelled, started anew, or belonged to the actor before its restart.
    internal object Unwrap(TimerMessage arrived)
    {
        if (_timers == null || !ReferenceEquals(arrived.Owner, this)
            || !_timers.TryGetValue(arrived.Key, out var timer) || timer.Generation != arrived.Generation)
            return null;
        if (!timer.Repeats)
            Forget(arrived.Key);
        return arrived.Message;
    }

    private void Start(object key, object msg, TimeSpan delay, TimeSpan? interval, IActorRef sender)
    {
        Cancel(key);
        var generation = ++_generation;
        var message = msg is INotInfluenceReceiveTimeout
            ? new QuietTimerMessage(this, key, generation, msg)
            : new TimerMessage(this, key, generation, msg);
        var scheduler = cell.System.Scheduler;
        var task = interval is { } period
            ? scheduler.ScheduleTellRepeatedlyCancelable(delay, period, cell.Self, message, sender)
            : scheduler.ScheduleTellOnceCancelable(delay, cell.Self, message, sender);
        (_timers ??= [])[key] = new Timer(generation, interval.HasValue, task);
    }

    private void Forget(object key)
    {
        _timers.Remove(key);
        if (_timers.Count == 0)
            _timers = null;
    }

    private readonly record struct Timer(int Generation, bool Repeats, ICancelable Task);
}
