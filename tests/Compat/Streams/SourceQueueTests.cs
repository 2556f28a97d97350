using Akka.Streams;
using Akka.Streams.Dsl;

namespace Handoff.Compat.Tests.Streams;

public sealed class SourceQueueTests : StreamTest
{
    private async Task<(ISourceQueueWithComplete<int> Queue, SinkProbe<int> Sink)> Queue(
        int size, OverflowStrategy strategy)
    {
        var probes = Source.Queue<int>(size, strategy)
            .ToMaterialized(new ProbedSink<int>(), Keep.Both).Run(Materializer);
        await probes.Item2.Started.Task.WaitAsync(Patience);
        return probes;
    }

    private static Task<IQueueOfferResult> Offer(ISourceQueueWithComplete<int> queue, int element) =>
        queue.OfferAsync(element).WaitAsync(Patience);

    private static async Task Enqueued(ISourceQueueWithComplete<int> queue, params int[] elements)
    {
        foreach (var element in elements)
            Assert.Same(QueueOfferResult.Enqueued.Instance, await Offer(queue, element));
    }

    [Fact]
    public async Task An_offer_can_be_made_as_soon_as_the_queue_is_there()
    {
        var (queue, all) = Source.Queue<int>(4, OverflowStrategy.Backpressure)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        await Enqueued(queue, 1, 2, 3);
        queue.Complete();

        Assert.Equal([1, 2, 3], await all.WaitAsync(Patience));
        await queue.WatchCompletionAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task With_back_pressure_one_offer_waits_for_room_and_a_second_one_fails()
    {
        var (queue, sink) = await Queue(1, OverflowStrategy.Backpressure);
        await Enqueued(queue, 1);
        var waiting = queue.OfferAsync(2);
        await FailureOf<Akka.Pattern.IllegalStateException>(queue.OfferAsync(3));
        Assert.False(waiting.IsCompleted);

        Assert.Equal(1, await sink.PullNext());
        Assert.Same(QueueOfferResult.Enqueued.Instance, await waiting.WaitAsync(Patience));
        Assert.Equal(2, await sink.PullNext());
    }

    [Theory]
    [InlineData(OverflowStrategy.DropHead, "2,3")]
    [InlineData(OverflowStrategy.DropTail, "1,3")]
    [InlineData(OverflowStrategy.DropBuffer, "3")]
    public async Task A_full_queue_makes_room_as_its_strategy_says(OverflowStrategy strategy, string left)
    {
        var (queue, sink) = await Queue(2, strategy);
        await Enqueued(queue, 1, 2, 3);
        foreach (var expected in left.Split(','))
            Assert.Equal(expected, $"{await sink.PullNext()}");
    }

    [Fact]
    public async Task A_full_queue_may_drop_what_is_new()
    {
        var (queue, sink) = await Queue(1, OverflowStrategy.DropNew);
        await Enqueued(queue, 1);

        Assert.Same(QueueOfferResult.Dropped.Instance, await Offer(queue, 2));
        Assert.Equal(1, await sink.PullNext());
    }

    [Fact]
    public async Task A_full_queue_may_fail_the_stream()
    {
        var (queue, sink) = await Queue(1, OverflowStrategy.Fail);
        await Enqueued(queue, 1);

        var failure = Assert.IsType<QueueOfferResult.Failure>(await Offer(queue, 2));
        Assert.IsType<BufferOverflowException>(failure.Cause);
        await sink.Signals.Expect<Signal.Failed>();
        await FailureOf<BufferOverflowException>(queue.WatchCompletionAsync());
    }

    [Fact]
    public async Task Without_a_buffer_one_offer_waits_for_demand()
    {
        var (queue, sink) = await Queue(0, OverflowStrategy.DropHead);
        var first = queue.OfferAsync(1);
        var second = queue.OfferAsync(2);
        Assert.Same(QueueOfferResult.Dropped.Instance, await first.WaitAsync(Patience));

        Assert.Equal(2, await sink.PullNext());
        Assert.Same(QueueOfferResult.Enqueued.Instance, await second.WaitAsync(Patience));
        var (other, last) = await Queue(0, OverflowStrategy.DropNew);
        var kept = other.OfferAsync(1);
        Assert.Same(QueueOfferResult.Dropped.Instance, await Offer(other, 2));
        Assert.Equal(1, await last.PullNext());
        Assert.Same(QueueOfferResult.Enqueued.Instance, await kept.WaitAsync(Patience));
    }

    [Fact]
    public async Task Completion_waits_for_what_is_buffered()
    {
        var (queue, sink) = await Queue(2, OverflowStrategy.Backpressure);
        await Enqueued(queue, 1);
        queue.Complete();
        Assert.Equal(1, await sink.PullNext());

        await sink.Signals.Expect<Signal.Completed>();
        await queue.WatchCompletionAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_failure_does_not_wait()
    {
        var broken = new ArgumentException("broken");
        var (queue, sink) = await Queue(2, OverflowStrategy.Backpressure);
        await Enqueued(queue, 1);
        queue.Fail(broken);

        Assert.Same(broken, (await sink.Signals.Expect<Signal.Failed>()).Cause);
        await FailureOf<ArgumentException>(queue.WatchCompletionAsync());
        await FailureOf<StreamDetachedException>(queue.OfferAsync(2));
    }

    [Fact]
    public async Task A_downstream_that_cancels_closes_the_queue_and_answers_who_waits()
    {
        var (queue, sink) = await Queue(1, OverflowStrategy.Backpressure);
        await Enqueued(queue, 1);
        var waiting = queue.OfferAsync(2);
        await FailureOf<Akka.Pattern.IllegalStateException>(queue.OfferAsync(3));
        sink.Cancel();

        Assert.Same(QueueOfferResult.QueueClosed.Instance, await waiting.WaitAsync(Patience));
        await queue.WatchCompletionAsync().WaitAsync(Patience);
        await FailureOf<StreamDetachedException>(queue.OfferAsync(4));
    }

    [Fact]
    public async Task After_an_abrupt_end_completion_fails()
    {
        var (queue, _) = await Queue(1, OverflowStrategy.Backpressure);
        Materializer.Shutdown();

        await FailureOf<StreamDetachedException>(queue.WatchCompletionAsync());
    }
}
