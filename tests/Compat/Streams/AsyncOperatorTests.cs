using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Supervision;

namespace Handoff.Compat.Tests.Streams;

public sealed class AsyncOperatorTests : StreamTest
{
    private static readonly Exception Broken = new ArgumentException("broken");

    [Fact]
    public async Task Results_go_out_in_the_order_of_their_elements()
    {
        var tasks = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<int>()).ToArray();
        var (source, sink) = Probe(Flow.Create<int>().SelectAsync(3, n => tasks[n].Task));
        sink.Pull();
        await source.PushOnDemand(0, 1, 2);
        tasks[2].SetResult(2);
        tasks[1].SetResult(1);
        await source.Settled();
        sink.Signals.ExpectNone();
        tasks[0].SetResult(0);

        Assert.Equal(0, await sink.Next());
        Assert.Equal(1, await sink.PullNext());
        Assert.Equal(2, await sink.PullNext());
    }

    [Fact]
    public async Task Results_may_go_out_as_they_come()
    {
        var tasks = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<int>()).ToArray();
        var (source, sink) = Probe(Flow.Create<int>().SelectAsyncUnordered(3, n => tasks[n].Task));
        sink.Pull();
        await source.PushOnDemand(0, 1, 2);
        tasks[2].SetResult(2);
        Assert.Equal(2, await sink.Next());
        sink.Pull();
        tasks[0].SetResult(0);
        Assert.Equal(0, await sink.Next());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_more_tasks_run_than_the_parallelism_says(bool ordered)
    {
        var never = new TaskCompletionSource<int>();
        var flow = Flow.Create<int>();
        var (source, sink) = Probe(ordered
            ? flow.SelectAsync(2, _ => never.Task)
            : flow.SelectAsyncUnordered(2, _ => never.Task));
        await source.Settled();
        source.Signals.ExpectNone();
        sink.Pull();
        await source.PushOnDemand(1, 2);
        await source.Settled();

        source.Signals.ExpectNone();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_that_fails_fails_the_stream_or_is_dropped(bool ordered)
    {
        async Task<int> Half(int n)
        {
            await Task.Yield();
            return n == 2 ? throw Broken : n;
        }

        var source = Source.From([1, 2, 3]);
        var halves = ordered ? source.SelectAsync(1, Half) : source.SelectAsyncUnordered(1, Half);
        await FailureOf<ArgumentException>(All(halves));
        Assert.Equal([1, 3], await All(halves.WithAttributes(
            ActorAttributes.CreateSupervisionStrategy(Deciders.ResumingDecider))));
        await FailureOf<ArgumentException>(All(source.SelectAsync<int, int, Akka.NotUsed>(1, _ => throw Broken)));
    }

    [Fact]
    public async Task The_end_waits_for_the_tasks_that_run()
    {
        var task = new TaskCompletionSource<int>();
        var (source, sink) = Probe(Flow.Create<int>().SelectAsync(4, _ => task.Task));
        sink.Pull();
        await source.PushOnDemand(1);
        source.Complete();
        task.SetResult(5);

        Assert.Equal(5, await sink.Next());
        sink.Pull();
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Theory]
    [InlineData(OverflowStrategy.DropHead, "2,3")]
    [InlineData(OverflowStrategy.DropTail, "1,3")]
    [InlineData(OverflowStrategy.DropBuffer, "3")]
    [InlineData(OverflowStrategy.DropNew, "1,2")]
    public async Task A_full_buffer_drops_as_its_strategy_says(OverflowStrategy strategy, string left)
    {
        var (source, sink) = Probe(Flow.Create<int>().Buffer(2, strategy));
        await source.PushOnDemand(1, 2, 3);
        await source.Signals.Expect<Signal.Pulled>();
        source.Complete();

        foreach (var expected in left.Split(','))
            Assert.Equal(expected, $"{await sink.PullNext()}");
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task A_full_buffer_asks_for_no_more_or_fails()
    {
        var (source, sink) = Probe(Flow.Create<int>().Buffer(2, OverflowStrategy.Backpressure));
        await source.PushOnDemand(1, 2);
        await source.Settled();
        source.Signals.ExpectNone();
        Assert.Equal(1, await sink.PullNext());
        await source.PushOnDemand(3);

        var (other, last) = Probe(Flow.Create<int>().Buffer(1, OverflowStrategy.Fail));
        await other.PushOnDemand(1, 2);
        Assert.IsType<BufferOverflowException>((await last.Signals.Expect<Signal.Failed>()).Cause);
        Assert.Equal([1, 2], await All(Source.From([1, 2]).Buffer(8, OverflowStrategy.Backpressure)));
    }

    [Fact]
    public async Task What_comes_while_nobody_asks_is_made_one()
    {
        var (source, sink) = Probe(Flow.Create<int>().Conflate((a, b) => a + b));
        await source.PushOnDemand(1, 2, 3);
        await source.Signals.Expect<Signal.Pulled>();
        Assert.Equal(6, await sink.PullNext());

        var (other, texts) = Probe(Flow.Create<int>().ConflateWithSeed(n => $"{n}", (s, n) => $"{s}{n}"));
        await other.PushOnDemand(1, 2, 3);
        await other.Signals.Expect<Signal.Pulled>();
        Assert.Equal("123", await texts.PullNext());
        Assert.Equal([1], await All(Source.Single(1).Conflate((a, b) => a + b)));
        Assert.Equal(["1"], await All(Source.Single(1).ConflateWithSeed(n => $"{n}", (s, n) => $"{s}{n}")));
    }

    [Fact]
    public async Task A_batch_holds_so_many_or_so_much()
    {
        var (source, sink) = Probe(Flow.Create<int>().Batch(2, n => $"{n}", (s, n) => $"{s}{n}"));
        await source.PushOnDemand(1, 2, 3);
        await source.Settled();
        source.Signals.ExpectNone();
        Assert.Equal("12", await sink.PullNext());
        Assert.Equal("3", await sink.PullNext());

        var (other, weighed) = Probe(Flow.Create<int>().BatchWeighted(5, n => n, n => $"{n}", (s, n) => $"{s}{n}"));
        await other.PushOnDemand(1, 3, 4);
        Assert.Equal("13", await weighed.PullNext());
        Assert.Equal("4", await weighed.PullNext());
        Assert.Equal(["1"], await All(Source.Single(1).Batch(9, n => $"{n}", (s, n) => $"{s}{n}")));
        Assert.Equal(["1"], await All(Source.Single(1).BatchWeighted(9, n => n, n => $"{n}", (s, n) => $"{s}{n}")));
    }

    [Fact]
    public async Task What_is_detached_asks_for_one_ahead()
    {
        var (source, sink) = Probe(Flow.Create<int>().Detach());
        await source.PushOnDemand(1);
        await source.Settled();
        source.Signals.ExpectNone();
        Assert.Equal(1, await sink.PullNext());
        await source.PushOnDemand(2);
        source.Complete();

        Assert.Equal(2, await sink.PullNext());
        await sink.Signals.Expect<Signal.Completed>();
        Assert.Equal([1], await All(Source.Single(1).Detach()));
    }
}
