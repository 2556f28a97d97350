using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Util;

namespace Handoff.Compat.Tests.Streams;

public sealed class SinkTests : StreamTest
{
    private static readonly Exception Broken = new ArgumentException("broken");

    private Task<TMat> Run<T, TMat>(Source<T, Akka.NotUsed> source, Sink<T, Task<TMat>> sink) =>
        source.RunWith(sink, Materializer).WaitAsync(Patience);

    [Fact]
    public async Task The_first_and_the_last_element_are_taken()
    {
        var numbers = Source.From([1, 2, 3]);
        Assert.Equal(1, await Run(numbers, Sink.First<int>()));
        Assert.Equal(3, await Run(numbers, Sink.Last<int>()));
        Assert.Equal(1, await Run(numbers, Sink.FirstOrDefault<int>()));
        Assert.Equal(3, await Run(numbers, Sink.LastOrDefault<int>()));
        Assert.Equal(0, await Run(Source.Empty<int>(), Sink.FirstOrDefault<int>()));
        Assert.Equal(0, await Run(Source.Empty<int>(), Sink.LastOrDefault<int>()));
        await FailureOf<NoSuchElementException>(Run(Source.Empty<int>(), Sink.First<int>()));
        await FailureOf<NoSuchElementException>(Run(Source.Empty<int>(), Sink.Last<int>()));
    }

    [Fact]
    public async Task Elements_are_collected_aggregated_and_ignored()
    {
        var numbers = Source.From([1, 2, 3]);
        Assert.Equal([1, 2, 3], await Run(numbers, Sink.Seq<int>()));
        Assert.Equal(16, await Run(numbers, Sink.Aggregate<int, int>(10, (a, b) => a + b)));
        Assert.Equal(6, await Run(numbers, Sink.Sum<int>((a, b) => a + b)));
        Assert.Equal(Akka.Done.Instance, await Run(numbers, Sink.Ignore<int>()));
        var sink = Sink.Ignore<int>();
        Assert.Same(sink, Sink.FromGraph(sink));
    }

    [Fact]
    public async Task The_value_of_a_sink_fails_as_the_stream_does()
    {
        await FailureOf<ArgumentException>(Run(Source.Failed<int>(Broken), Sink.Seq<int>()));
        await FailureOf<ArgumentException>(Run(Source.Failed<int>(Broken), Sink.First<int>()));
        await FailureOf<ArgumentException>(Run(Source.Failed<int>(Broken), Sink.Ignore<int>()));
        await FailureOf<ArgumentException>(Run(Source.Single(1), Sink.ForEach<int>(_ => throw Broken)));
        await FailureOf<ArgumentException>(Run(
            Source.Single(1), Sink.ForEachAsync<int>(1, _ => Task.FromException(Broken))));
    }

    [Fact]
    public async Task A_function_is_called_for_each_element()
    {
        var seen = new List<int>();
        await Run(Source.From([1, 2]), Sink.ForEach<int>(seen.Add));
        await Run(Source.From([3, 4]), Sink.ForEachAsync<int>(1, async n =>
        {
            await Task.Yield();
            seen.Add(n);
        }));

        Assert.Equal([1, 2, 3, 4], seen);
    }

    [Fact]
    public async Task The_end_of_a_stream_is_told_to_a_function()
    {
        var ended = new TaskCompletionSource<string>();
        Source.From([1]).To(Sink.OnComplete<int>(() => ended.SetResult("completed"), e => ended.SetException(e)))
            .Run(Materializer);
        Assert.Equal("completed", await ended.Task.WaitAsync(Patience));

        var failed = new TaskCompletionSource<Exception>();
        Source.Failed<int>(Broken).To(Sink.OnComplete<int>(() => { }, failed.SetResult)).Run(Materializer);
        Assert.Same(Broken, await failed.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task An_actor_is_told_each_element_and_the_end()
    {
        var told = new Recording(Sys);
        Source.From([1, 2]).To(Sink.ActorRef<int>(told.Actor, "end", e => e.Message)).Run(Materializer);
        await told.Expect(1, 2, "end");

        Source.Failed<int>(Broken).To(Sink.ActorRef<int>(told.Actor, "end", e => e.Message)).Run(Materializer);
        await told.Expect(Broken.Message);
    }

    [Fact]
    public async Task The_end_of_the_actor_cancels_the_stream()
    {
        var target = Puppet();
        var source = Source.FromGraph(new ProbedSource<int>())
            .To(Sink.ActorRef<int>(target, "end", e => e))
            .Run(Materializer);
        await source.Started.Task.WaitAsync(Patience);
        await source.Signals.Expect<Signal.Pulled>();
        Sys.Stop(target);

        await source.Signals.Expect<Signal.Cancelled>();
    }

    [Fact]
    public async Task An_actor_that_acknowledges_gets_one_element_at_a_time()
    {
        var told = new Recording(Sys);
        Source.From([1, 2, 3]).To(Sink.ActorRefWithAck<int>(told.Actor, "init", "ack", "end")).Run(Materializer);
        foreach (var expected in new object[] { "init", 1, 2 })
        {
            Assert.Equal(expected, await told.Next());
            told.ExpectNothing();
            told.LastSender.Tell("ack");
        }

        await told.Expect(3, "end");
        Source.Failed<int>(Broken).To(Sink.ActorRefWithAck<int>(told.Actor, "init", "ack", "end", e => e.Message))
            .Run(Materializer);
        await told.Expect("init", Broken.Message);
    }

    [Fact]
    public async Task A_queue_is_pulled_element_by_element_to_its_end()
    {
        var queue = Source.From([1, 2]).RunWith(Sink.Queue<int>(), Materializer);
        Assert.Equal(1, (await queue.PullAsync().WaitAsync(Patience)).Value);
        Assert.Equal(2, (await queue.PullAsync().WaitAsync(Patience)).Value);
        Assert.Equal(Option<int>.None, await queue.PullAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_queue_fails_its_puller_and_lets_one_wait()
    {
        var failed = Source.Failed<int>(Broken).RunWith(Sink.Queue<int>(), Materializer);
        await FailureOf<ArgumentException>(failed.PullAsync());

        var queue = Source.Never<int>().RunWith(Sink.Queue<int>(), Materializer);
        var first = queue.PullAsync();
        await FailureOf<Akka.Pattern.IllegalStateException>(queue.PullAsync());
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task A_queue_holds_no_more_than_its_buffer()
    {
        var (source, queue) = Source.FromGraph(new ProbedSource<int>())
            .ToMaterialized(Sink.Queue<int>().WithAttributes(Attributes.CreateInputBuffer(2, 2)), Keep.Both)
            .Run(Materializer);
        await source.Started.Task.WaitAsync(Patience);
        await source.PushOnDemand(1, 2);
        await source.Settled();
        source.Signals.ExpectNone();

        Assert.Equal(1, (await queue.PullAsync().WaitAsync(Patience)).Value);
        await source.Signals.Expect<Signal.Pulled>();
    }
}
