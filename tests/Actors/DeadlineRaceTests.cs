using Akka.Actor;
using Handoff.Sockets;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class DeadlineRaceTests(ITestOutputHelper output) : SocketTestKit(output)
{
    private static readonly TimeSpan Share = TimeSpan.FromSeconds(7);

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void A_deadline_that_passes_while_its_timer_is_being_started_is_told_all_the_same(int seconds)
    {
        var timers = new PassingTime(() => Time.Advance(TimeSpan.FromSeconds(seconds)));
        var deadline = new OfferDeadline(TestActor, Sys.Scheduler, timers);
        deadline.Start(offer: 3, turn: 1, Share);
        ExpectMsg<OfferDeadline.Fired>();
        Assert.Equal(new OwnershipEvent<IActorRef>.Deadline(3, 1), deadline.OnFired());
        Assert.Null(deadline.OnFired());
    }

    [Fact]
    public void Time_that_passes_while_a_timer_is_being_started_shortens_it()
    {
        var timers = new PassingTime(() => Time.Advance(TimeSpan.FromSeconds(5)));
        var deadline = new OfferDeadline(TestActor, Sys.Scheduler, timers);
        deadline.Start(offer: 3, turn: 1, Share);
        Assert.Equal([Share, TimeSpan.FromSeconds(2)], timers.Started);
        ExpectNoMsg(TimeSpan.Zero);
        Assert.Null(deadline.OnFired());
    }

    // Time passes once, before the first timer is there; nothing fires.
    private sealed class PassingTime(Action pass) : ITimerScheduler
    {
        private readonly List<TimeSpan> _started = [];

        public IEnumerable<TimeSpan> Started => _started;

        public IReadOnlyCollection<object> ActiveTimers => [];

        public void StartSingleTimer(object key, object msg, TimeSpan timeout)
        {
            _started.Add(timeout);
            if (_started.Count == 1) pass();
        }

        public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) =>
            throw new NotSupportedException();

        public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => throw new NotSupportedException();

        public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
            throw new NotSupportedException();

        public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
            throw new NotSupportedException();

        public void StartPeriodicTimer(
            object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
            throw new NotSupportedException();

        public bool IsTimerActive(object key) => throw new NotSupportedException();

        public void Cancel(object key) => throw new NotSupportedException();

        public void CancelAll() => throw new NotSupportedException();
    }
}
