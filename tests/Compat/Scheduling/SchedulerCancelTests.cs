using System.Diagnostics;
using Akka.Actor;
using Handoff.Compat.Tests.Configuration;

namespace Handoff.Compat.Tests.Scheduling;

public sealed class SchedulerCancelTests : SchedulerTest
{
    [Fact]
    public async Task What_is_cancelled_before_its_time_never_happens()
    {
        await AtOnce(() =>
        {
            var told = Scheduler.ScheduleTellOnceCancelable(Soon, To, "no", ActorRefs.NoSender);
            var done = Advanced.ScheduleOnceCancelable(Soon, () => To.Note("no"));

            told.Cancel();
            done.Cancel();
        });

        Assert.Empty(await SoFar());
    }

    [Fact]
    public async Task What_is_cancelled_before_it_is_scheduled_never_happens()
    {
        var cancelable = new Cancelable(Scheduler);
        cancelable.Cancel();

        Scheduler.ScheduleTellOnce(TimeSpan.Zero, To, "no", ActorRefs.NoSender, cancelable);
        Scheduler.ScheduleTellOnce(TimeSpan.Zero, To, "no", ActorRefs.NoSender, Cancelable.CreateCanceled());

        Assert.Empty(await SoFar());
    }

    [Fact]
    public async Task One_that_repeats_may_cancel_itself()
    {
        var cancelable = new Cancelable(Scheduler);
        var times = 0;
        Advanced.ScheduleRepeatedly(
            TimeSpan.Zero, TimeSpan.FromMilliseconds(10),
            () =>
            {
                To.Note(++times);
                if (times == 3)
                    cancelable.Cancel();
            },
            cancelable);

        for (var time = 1; time <= 3; time++)
            Assert.Equal(time, (await To.Next()).Message);
        Assert.Empty(await SoFar());
    }

    [Fact]
    public async Task One_cancelable_may_stand_for_many()
    {
        await AtOnce(() =>
        {
            var cancelable = new Cancelable(Scheduler);
            for (var i = 0; i < 100; i++)
                Scheduler.ScheduleTellOnce(Soon + i, To, i, ActorRefs.NoSender, cancelable);

            cancelable.Cancel();
        });

        Assert.Empty(await SoFar(Soon + 300));
    }

    [Fact]
    public async Task What_was_cancelled_or_has_happened_is_not_kept()
    {
        const int Many = 100_000;
        var expired = ScheduleMany(Many / 2, TimeSpan.Zero, cancel: false);
        var cancelled = ScheduleMany(Many / 2, Never, cancel: true);
        for (var i = 0; i < Many / 2; i++)
            await To.Next();

        var deadline = DateTime.UtcNow + Patience;
        while (expired.Concat(cancelled).Any(m => m.IsAlive))
        {
            Assert.True(DateTime.UtcNow < deadline, "Something is still kept.");
            await SoFar(Soon);
            GC.Collect();
        }
    }

    [Fact]
    public async Task A_shared_cancelable_does_not_keep_what_has_happened()
    {
        var shared = new Cancelable(Scheduler);
        var messages = ScheduleShared(1000, shared);
        for (var i = 0; i < 1000; i++)
            await To.Next();

        var deadline = DateTime.UtcNow + Patience;
        while (messages.Any(m => m.IsAlive))
        {
            Assert.True(DateTime.UtcNow < deadline, "Something is still kept.");
            await SoFar(Soon);
            GC.Collect();
        }

        Assert.False(shared.IsCancellationRequested);
    }

    [Fact]
    public async Task Nothing_arrives_after_Cancel_has_returned()
    {
        if (!StandIn.IsInUse)
            return;
        const int Rounds = 20;
        const int AtOnce = 500;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (late, told) = (0, 0);
        for (var i = 0; i < Rounds; i++)
        {
            var gates = Enumerable.Range(0, AtOnce).Select(_ => new Gate(Scheduler)).ToArray();
            var delay = random.Next(AtOnce);
            SpinWait.SpinUntil(() => gates.Any(g => g.WasTold));
            Thread.SpinWait(delay);
            foreach (var gate in gates.OrderBy(_ => random.Next()))
                gate.CancelAndClose();
            await SoFar(Soon);
            late += gates.Count(g => g.WasTooLate);
            told += gates.Count(g => g.WasTold);
        }

        Assert.True(late == 0, $"{late} came late, seed {seed}");
        Assert.InRange(told, 1, Rounds * AtOnce);
    }

    [Fact]
    public void A_message_that_is_being_told_has_arrived_when_Cancel_returns()
    {
        if (!StandIn.IsInUse)
            return;
        var receiver = new Slow();
        var cancelable = Scheduler.ScheduleTellOnceCancelable(0, receiver, "m", ActorRefs.NoSender);
        Assert.True(receiver.Begun.Wait(Patience));

        cancelable.Cancel();

        Assert.True(receiver.HasEnded);
    }

    [Fact]
    public void Whoever_is_told_may_cancel_what_told_him()
    {
        ICancelable? cancelable = null;
        var receiver = new Slow { Then = () => Volatile.Read(ref cancelable)!.Cancel() };
        Volatile.Write(ref cancelable, Scheduler.ScheduleTellOnceCancelable(Soon, receiver, "m", ActorRefs.NoSender));

        Assert.True(SpinWait.SpinUntil(() => receiver.HasEnded, Patience));
        Assert.True(cancelable.IsCancellationRequested);
    }

    // On the scheduler's own thread: no time passes for the scheduler until it is done.
    private async Task AtOnce(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Advanced.ScheduleOnce(TimeSpan.Zero, () =>
        {
            action();
            done.SetResult();
        });
        await done.Task.WaitAsync(Patience);
    }

    private List<WeakReference> ScheduleMany(int count, TimeSpan delay, bool cancel)
    {
        var messages = new List<WeakReference>(count);
        for (var i = 0; i < count; i++)
        {
            var message = new object();
            messages.Add(new WeakReference(message));
            var cancelable = Scheduler.ScheduleTellOnceCancelable(delay, To, message, ActorRefs.NoSender);
            if (cancel)
                cancelable.Cancel();
        }

        return messages;
    }

    private List<WeakReference> ScheduleShared(int count, ICancelable shared)
    {
        var messages = new List<WeakReference>(count);
        for (var i = 0; i < count; i++)
        {
            var message = new object();
            messages.Add(new WeakReference(message));
            Scheduler.ScheduleTellOnce(TimeSpan.Zero, To, message, ActorRefs.NoSender, shared);
        }

        return messages;
    }

    private sealed class Gate : ICanTell
    {
        private readonly ICancelable _cancelable;
        private volatile bool _closed;
        private volatile bool _told;
        private volatile bool _late;

        public Gate(IScheduler scheduler) =>
            _cancelable = scheduler.ScheduleTellOnceCancelable(0, this, "m", ActorRefs.NoSender);

        public bool WasTold => _told;

        public bool WasTooLate => _late;

        public void Tell(object message, IActorRef sender)
        {
            _late = _closed;
            _told = true;
        }

        public void CancelAndClose()
        {
            _cancelable.Cancel();
            _closed = true;
        }
    }

    private sealed class Slow : ICanTell
    {
        private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(20);

        private volatile bool _ended;

        public ManualResetEventSlim Begun { get; } = new();

        public Action Then { get; init; } = () => { };

        public bool HasEnded => _ended;

        public void Tell(object message, IActorRef sender)
        {
            Begun.Set();
            var start = Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(start) > Length);
            Then();
            _ended = true;
        }
    }
}
