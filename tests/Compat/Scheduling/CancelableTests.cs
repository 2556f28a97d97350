using Akka.Actor;

namespace Handoff.Compat.Tests.Scheduling;

public sealed class CancelableTests : SchedulerTest
{
    [Fact]
    public void It_is_cancelled_once_and_for_all()
    {
        foreach (var cancelable in new[] { new Cancelable(Scheduler), new Cancelable(Advanced) })
        {
            Assert.False(cancelable.IsCancellationRequested);
            Assert.False(cancelable.Token.IsCancellationRequested);

            cancelable.Cancel();
            cancelable.Cancel();

            Assert.True(cancelable.IsCancellationRequested);
            Assert.True(cancelable.Token.IsCancellationRequested);
        }
    }

    [Fact]
    public async Task It_can_be_cancelled_after_a_time()
    {
        var soon = TimeSpan.FromMilliseconds(Soon);
        var byTimeSpan = new Cancelable(Scheduler);
        var byNumber = new Cancelable(Scheduler);
        byTimeSpan.CancelAfter(soon);
        byNumber.CancelAfter(Soon);

        foreach (var cancelable in new[]
        {
            byTimeSpan, byNumber, new Cancelable(Scheduler, soon), new Cancelable(Scheduler, Soon),
            new Cancelable(Advanced, soon),
        })
            await Cancelled(cancelable);
    }

    [Fact]
    public void A_time_is_not_negative()
    {
        var cancelable = new Cancelable(Scheduler);

        Assert.Throws<ArgumentOutOfRangeException>(() => cancelable.CancelAfter(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => cancelable.CancelAfter(TimeSpan.FromTicks(-1)));
        cancelable.Cancel();
        cancelable.CancelAfter(0);
    }

    [Fact]
    public void Linked_to_others_it_is_cancelled_with_any_of_them()
    {
        foreach (var link in new Func<ICancelable, ICancelable, ICancelable>[]
        {
            (a, b) => Cancelable.CreateLinkedCancelable(Scheduler, a, b),
            (a, b) => Cancelable.CreateLinkedCancelable(Advanced, a, b),
            (a, b) => Cancelable.CreateLinkedCancelable(Scheduler, a.Token, b.Token),
            (a, b) => Cancelable.CreateLinkedCancelable(Advanced, a.Token, b.Token),
        })
        {
            var one = new Cancelable(Scheduler);
            var other = new Cancelable(Scheduler);
            var linked = link(one, other);
            Assert.False(linked.IsCancellationRequested);

            other.Cancel();

            Assert.True(linked.IsCancellationRequested);
            Assert.False(one.IsCancellationRequested);
        }
    }

    [Fact]
    public void One_can_be_cancelled_from_birth()
    {
        var cancelled = Cancelable.CreateCanceled();

        Assert.True(cancelled.IsCancellationRequested);
        Assert.True(cancelled.Token.IsCancellationRequested);
        cancelled.Cancel();
        cancelled.Cancel(true);
        cancelled.CancelAfter(TimeSpan.Zero);
        cancelled.CancelAfter(0);
    }

    [Fact]
    public void When_disposed_it_can_no_longer_be_cancelled()
    {
        var cancelable = new Cancelable(Scheduler);
        Assert.False(cancelable.IsDisposed);

        cancelable.Dispose();
        cancelable.Dispose();

        Assert.True(cancelable.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => cancelable.Cancel());
        Assert.Throws<ObjectDisposedException>(() => cancelable.CancelAfter(1));
    }

    [Fact]
    public void The_first_failure_of_who_listens_is_thrown_or_all_together()
    {
        var first = new Cancelable(Scheduler);
        first.Token.Register(() => throw new InvalidOperationException("boom"));
        Assert.Throws<InvalidOperationException>(() => first.Cancel(throwOnFirstException: true));

        var all = new Cancelable(Scheduler);
        all.Token.Register(() => throw new InvalidOperationException("boom"));
        Assert.Throws<AggregateException>(() => all.Cancel(throwOnFirstException: false));
    }

    [Fact]
    public void What_may_be_null_can_be_cancelled_nevertheless()
    {
        var cancelable = new Cancelable(Scheduler);

        cancelable.CancelIfNotNull();
        ((ICancelable?)null).CancelIfNotNull();

        Assert.True(cancelable.IsCancellationRequested);
    }

    private static async Task Cancelled(Cancelable cancelable)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancelable.Token.Register(done.SetResult);
        await done.Task.WaitAsync(Patience);
    }
}
