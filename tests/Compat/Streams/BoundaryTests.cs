using Akka.Streams;
using Akka.Streams.Dsl;

namespace Handoff.Compat.Tests.Streams;

public sealed class BoundaryTests : StreamTest
{
    private static readonly Exception Broken = new ArgumentException("broken");

    public BoundaryTests()
        : base("other-dispatcher { type = PinnedDispatcher }")
    {
    }

    private (SourceProbe<int> Source, SinkProbe<int> Sink) Across(int buffer)
    {
        var probes = Source.FromGraph(new ProbedSource<int>())
            .Async()
            .ToMaterialized(new ProbedSink<int>(), Keep.Both)
            .WithAttributes(Attributes.CreateInputBuffer(buffer, buffer))
            .Run(Materializer);
        Assert.True(Task.WaitAll([probes.Item1.Started.Task, probes.Item2.Started.Task], Patience));
        return probes;
    }

    [Fact]
    public async Task Elements_cross_boundaries_in_order_and_none_is_lost()
    {
        var numbers = Enumerable.Range(1, 5000).ToList();
        var source = Source.From(numbers).Async().Select(n => n).Async().Where(_ => true).Async();

        Assert.Equal(numbers, await All(source));
        Assert.Equal(numbers, await Source.From(numbers).Via(Flow.Create<int>().Async())
            .RunWith(Sink.Seq<int>().Async(), Materializer).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_boundary_holds_no_more_than_its_buffer()
    {
        var (source, sink) = Across(4);
        await source.PushOnDemand(1, 2, 3, 4);
        await source.Settled();
        source.Signals.ExpectNone();

        for (var n = 1; n <= 4; n++)
            Assert.Equal(n, await sink.PullNext());
        await source.Signals.Expect<Signal.Pulled>();
    }

    [Fact]
    public async Task Completion_failure_and_cancellation_cross_a_boundary()
    {
        var completed = Across(4);
        await completed.Source.PushOnDemand(1);
        completed.Source.Complete();
        Assert.Equal(1, await completed.Sink.PullNext());
        await completed.Sink.Signals.Expect<Signal.Completed>();

        var failed = Across(4);
        failed.Source.Fail(Broken);
        Assert.Same(Broken, (await failed.Sink.Signals.Expect<Signal.Failed>()).Cause);

        var cancelled = Across(4);
        cancelled.Sink.Cancel();
        await cancelled.Source.Signals.Expect<Signal.Pulled>();
        await cancelled.Source.Signals.Expect<Signal.Cancelled>();
    }

    [Fact]
    public async Task A_part_runs_on_the_dispatcher_of_its_attributes()
    {
        static int Thread(int n) => Environment.CurrentManagedThreadId;
        var source = Source.From(Enumerable.Range(1, 50));
        var pinned = source.Via(Flow.Create<int>().Select(Thread).Async()
            .AddAttributes(ActorAttributes.CreateDispatcher("other-dispatcher")));

        Assert.Single((await All(pinned)).Distinct());
    }

    [Fact]
    public async Task A_long_run_lets_others_have_their_turn()
    {
        var endless = Source.Repeat(1).ViaMaterialized(KillSwitches.Single<int>(), Keep.Right)
            .To(Sink.Ignore<int>()).Run(Materializer);
        var others = Enumerable.Range(0, 8).Select(_ => All(Source.From(Enumerable.Range(0, 100))));
        foreach (var all in await Task.WhenAll(others))
            Assert.Equal(100, all.Count);
        endless.Shutdown();
    }
}
