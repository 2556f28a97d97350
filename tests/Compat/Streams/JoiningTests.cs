using Akka.Streams;
using Akka.Streams.Dsl;

namespace Handoff.Compat.Tests.Streams;

public sealed class JoiningTests : StreamTest
{
    private static readonly Exception Broken = new ArgumentException("broken");

    private static Source<int, Akka.NotUsed> Numbers(int from, int to) =>
        Source.From(Enumerable.Range(from, to - from + 1));

    [Fact]
    public async Task One_source_follows_another_or_goes_before_it()
    {
        Assert.Equal([1, 2, 3], await All(Numbers(1, 2).Concat(Numbers(3, 3))));
        Assert.Equal([3, 1, 2], await All(Numbers(1, 2).Prepend(Numbers(3, 3))));
        Assert.Equal([3], await All(Source.Empty<int>().Concat(Numbers(3, 3))));
        Assert.Equal([1, 2, 3, 9], await All(Numbers(1, 2).Via(
            Flow.Create<int>().Concat(Numbers(3, 3))).Via(Flow.Create<int>().ConcatMaterialized(
                Source.Single(9), Keep.Left))));
        Assert.Equal([3, 1], await All(Numbers(1, 1).Via(Flow.Create<int>().Prepend(Numbers(3, 3)))));
        var value = Numbers(1, 1).ConcatMaterialized(Source.Single(2).MapMaterializedValue(_ => "other"), Keep.Right);
        Assert.Equal("other", value.To(Sink.Ignore<int>()).Run(Materializer));
    }

    [Fact]
    public async Task Merged_sources_give_all_their_elements_and_end_with_the_last()
    {
        Assert.Equal(Enumerable.Range(1, 20), (await All(Numbers(1, 10).Merge(Numbers(11, 20)))).Order());
        Assert.Equal(Enumerable.Range(1, 20), (await All(Numbers(1, 10).Via(
            Flow.Create<int>().Merge(Numbers(11, 20))))).Order());
        await FailureOf<ArgumentException>(All(Numbers(1, 10).Merge(Source.Failed<int>(Broken))));
        Assert.Equal([1, 2], await All(Numbers(1, 2).Merge(Source.Never<int>(), eagerComplete: true)));
    }

    [Fact]
    public void Values_of_what_is_merged_are_combined()
    {
        var other = Source.Empty<int>().MapMaterializedValue(_ => "other");
        var merged = Source.Empty<int>().MapMaterializedValue(_ => "first")
            .MergeMaterialized<int, int, string, string, string>(other, (a, b) => $"{a} {b}");
        var flow = Flow.Create<int>()
            .MergeMaterialized<int, int, int, Akka.NotUsed, string, string>(other, Keep.Right);

        Assert.Equal("first other", merged.To(Sink.Ignore<int>()).Run(Materializer));
        Assert.Equal("other", Source.Empty<int>().ViaMaterialized(flow, Keep.Right)
            .To(Sink.Ignore<int>()).Run(Materializer));
    }

    [Fact]
    public async Task Zipped_sources_end_with_the_shorter()
    {
        Assert.Equal([(1, "a"), (2, "b")], await All(Numbers(1, 9).Zip(Source.From(["a", "b"]))));
        Assert.Equal([11, 22], await All(Numbers(1, 9).ZipWith(Source.From([10, 20]), (a, b) => a + b)));
        Assert.Equal([11, 22], await All(Numbers(1, 9).Via(
            Flow.Create<int>().ZipWith(Source.From([10, 20]), (a, b) => a + b))));
        Assert.Equal([(1, 2)], await All(Source.Single(1).Via(Flow.Create<int>().Zip(Source.Single(2)))));
    }

    [Fact]
    public async Task What_goes_to_a_sink_too_goes_on_when_that_sink_has_enough()
    {
        var (others, all) = Numbers(1, 3)
            .AlsoToMaterialized(Sink.Seq<int>(), Keep.Right)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both)
            .Run(Materializer);
        Assert.Equal([1, 2, 3], await others.WaitAsync(Patience));
        Assert.Equal([1, 2, 3], await all.WaitAsync(Patience));

        Assert.Equal([1, 2, 3], await All(Numbers(1, 3).AlsoTo(Sink.Cancelled<int>())));
        Assert.Equal([1, 2, 3], await All(Numbers(1, 3).Via(Flow.Create<int>().AlsoTo(Sink.Cancelled<int>()))));
        Assert.Equal([1, 2, 3], await All(Numbers(1, 3).Via(
            Flow.Create<int>().AlsoToMaterialized(Sink.Ignore<int>(), Keep.Left))));
    }

    [Fact]
    public async Task Sources_of_sources_run_one_after_the_other_or_together()
    {
        static Source<int, Akka.NotUsed> Two(int n) => Source.From([n * 10, (n * 10) + 1]);

        Assert.Equal([10, 11, 20, 21], await All(Numbers(1, 2).ConcatMany(Two)));
        Assert.Equal([10, 11, 20, 21], await All(Numbers(1, 2).Via(Flow.Create<int>().ConcatMany(Two))));
        Assert.Equal([10, 11, 20, 21, 30, 31], (await All(Numbers(1, 3).MergeMany(2, Two))).Order());
        Assert.Equal([10, 11, 20, 21], (await All(Numbers(1, 2).Via(Flow.Create<int>().MergeMany(2, Two)))).Order());
        await FailureOf<ArgumentException>(All(Numbers(1, 2).ConcatMany(n =>
            n == 2 ? Source.Failed<int>(Broken) : Source.Single(n))));
    }

    [Fact]
    public async Task No_more_sources_run_than_the_breadth_says()
    {
        var running = 0;
        var most = 0;
        var all = await All(Numbers(1, 20).MergeMany(3, n => Source.UnfoldAsync(0, async step =>
        {
            if (step == 0)
                most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            if (step == 1)
                Interlocked.Decrement(ref running);
            return step == 2 ? Akka.Util.Option<(int, int)>.None : (step + 1, n);
        })));

        Assert.Equal(40, all.Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_flow_of_a_sink_and_a_source_is_both_and_ties_them_in_nothing()
    {
        var flow = Flow.FromSinkAndSource(Sink.Seq<int>(), Source.From(["a", "b"]), Keep.Left);
        var (sent, received) = Numbers(1, 3).ViaMaterialized(flow, Keep.Right)
            .ToMaterialized(Sink.Seq<string>(), Keep.Both).Run(Materializer);
        Assert.Equal([1, 2, 3], await sent.WaitAsync(Patience));
        Assert.Equal(["a", "b"], await received.WaitAsync(Patience));

        var none = Sink.Cancelled<int>();
        Assert.Equal(["c"], await All(Source.Never<int>().Via(Flow.FromSinkAndSource(none, Source.Single("c")))));
    }

    [Fact]
    public async Task A_flow_that_is_joined_with_another_is_a_ring()
    {
        var ended = Flow.Create<int>().Prepend(Source.Single(1)).TakeWhile(n => n < 100)
            .WatchTermination((_, done) => done)
            .Join(Flow.Create<int>().Select(n => n * 2).Buffer(2, OverflowStrategy.Backpressure))
            .Run(Materializer);
        await ended.WaitAsync(Patience);

        var pair = Flow.Create<int>().MapMaterializedValue(_ => 1).JoinMaterialized(
            Flow.Create<int>().MapMaterializedValue(_ => 2).TakeWhile(_ => false), Keep.Both);
        Assert.Equal((1, 2), pair.Run(Materializer));
    }
}
