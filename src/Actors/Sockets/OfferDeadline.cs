using Akka.Actor;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// The deadline of the offer that is pending, or of the loan that it became. Nearly every offer is answered long
// before, and a timer for each would cost more than the offer: there is one timer at most, which outlives the offer
// that it was started for, and when it fires it looks at what is pending by then.
internal sealed class OfferDeadline(IActorRef self, IScheduler scheduler, ITimerScheduler timers)
{
    private const string Key = "offer";

    // In the place of a turn.
    private const int Loan = -1;

    private static readonly TimeSpan Exact = TimeSpan.FromMilliseconds(1);

    private readonly bool _isMonotonic = scheduler is HashedWheelTimerScheduler;
    private ITimerScheduler _timers = timers;
    private (long Offer, int Turn, TimeSpan Due)? _pending;
    private TimeSpan? _fires;

    // The time that the scheduler runs by. One that is not Akka's own, such as the virtual one of a test, tells it by
    // Now; Akka's Now is the wall clock, which may be set.
    private TimeSpan Clock => _isMonotonic ? scheduler.HighResMonotonicClock : new TimeSpan(scheduler.Now.UtcTicks);

    // Ticks, UTC: for people.
    public long Now => _isMonotonic ? DateTime.UtcNow.Ticks : scheduler.Now.UtcTicks;

    // What is left of it; null if nothing is pending.
    public TimeSpan? Left => _pending is { } pending ? LeftOf(pending.Due) : null;

    public void Start(long offer, int turn, TimeSpan within)
    {
        var due = Clock + within;
        _pending = (offer, turn, due);
        if (_fires is null || _fires > due) StartTimer(due);
    }

    public void StartLoan(long offer, TimeSpan time) => Start(offer, Loan, time);

    public void Stop() => _pending = null;

    // A restart took the timer of the last incarnation; whoever waits for an answer waits its share once more. A loan
    // ends when it was to end.
    public void GoOnAfterRestart(ITimerScheduler timers, TimeSpan share)
    {
        _timers = timers;
        _fires = null;
        if (_pending is not { } pending) return;
        if (pending.Turn == Loan) StartTimer(pending.Due);
        else Start(pending.Offer, pending.Turn, share);
    }

    // The deadline that has passed; null if none has.
    public Event? OnFired()
    {
        _fires = null;
        if (_pending is not { } pending) return null;
        if (pending.Due <= Clock)
        {
            _pending = null;
            return pending.Turn == Loan
                ? new Event.LoanOver(pending.Offer)
                : new Event.Deadline(pending.Offer, pending.Turn);
        }

        StartTimer(pending.Due);
        return null;
    }

    // Time that passed before the timer was there makes it late, and virtual time passes at once: a timer for no time
    // would wait there until time passes once more.
    private void StartTimer(TimeSpan due)
    {
        _fires = due;
        TimeSpan rest;
        do
        {
            rest = LeftOf(due);
            if (rest == TimeSpan.Zero)
            {
                self.Tell(Fired.Instance, self);
                return;
            }

            _timers.StartSingleTimer(Key, Fired.Instance, rest);
        }
        while (LeftOf(due) < rest - Exact);
    }

    private TimeSpan LeftOf(TimeSpan due)
    {
        var left = due - Clock;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    internal sealed record Fired
    {
        private Fired()
        {
        }

        public static Fired Instance { get; } = new();
    }
}
