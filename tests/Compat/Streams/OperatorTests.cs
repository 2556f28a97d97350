using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Supervision;
using Akka.Util;

namespace Handoff.Compat.Tests.Streams;

public sealed class OperatorTests : StreamTest
{
    private static readonly Attributes Resuming =
        ActorAttributes.CreateSupervisionStrategy(Deciders.ResumingDecider);

    private static readonly Attributes Restarting =
        ActorAttributes.CreateSupervisionStrategy(Deciders.RestartingDecider);

    private static Source<int, Akka.NotUsed> Numbers(int count) => Source.From(Enumerable.Range(1, count));

    [Fact]
    public async Task Elements_are_mapped_and_filtered()
    {
        Assert.Equal([2, 4], await All(Numbers(2).Select(n => n * 2)));
        Assert.Equal([2, 4], await All(Numbers(4).Where(n => n % 2 == 0)));
        Assert.Equal([1, 3], await All(Numbers(4).WhereNot(n => n % 2 == 0)));
        Assert.Equal(["1", "3"], await All(Numbers(3).Collect(n => n != 2, n => $"{n}")));
        Assert.Equal([1, 2, 2, 3, 3, 3], await All(Numbers(3).SelectMany(n => Enumerable.Repeat(n, n))));
        Assert.Equal([("a", 0L), ("b", 1L)], await All(Source.From(["a", "b"]).ZipWithIndex()));
    }

    [Fact]
    public async Task The_same_operators_are_there_for_flows()
    {
        var flow = Flow.Create<int>().Select(n => n + 1).Where(n => n > 2).WhereNot(n => n > 5)
            .Collect(_ => true, n => n).SelectMany(n => new[] { n, n }).ZipWithIndex().Select(p => p.Item1)
            .Skip(1).Take(4).TakeWhile(n => n < 5).SkipWhile(n => n < 4).Limit(10).LimitWeighted(100, n => n)
            .Scan(0, (sum, n) => sum + n).Grouped(2).Select(g => g.Sum());

        Assert.Equal([4, 8], await All(Numbers(9).Via(flow)));
        Assert.Equal(20, await Numbers(4).Via(Flow.Create<int>().Aggregate(10, (a, b) => a + b))
            .RunWith(Sink.First<int>(), Materializer).WaitAsync(Patience));
        Assert.Equal([10], await All(Numbers(4).Via(Flow.Identity<int>().Sum((a, b) => a + b))));
        Assert.Equal([3], await All(Source.Single(2).Via(Flow.FromFunction<int, int>(n => n + 1))));
    }

    [Fact]
    public async Task A_stream_is_cut_by_number_and_by_condition()
    {
        Assert.Equal([1, 2], await All(Numbers(9).Take(2)));
        Assert.Empty(await All(Numbers(9).Take(0)));
        Assert.Equal([1, 2], await All(Numbers(9).TakeWhile(n => n < 3)));
        Assert.Equal([1, 2, 3], await All(Numbers(9).TakeWhile(n => n < 3, inclusive: true)));
        Assert.Equal([3], await All(Numbers(3).Skip(2)));
        Assert.Equal([1, 2, 3], await All(Numbers(3).Skip(-1)));
        Assert.Equal([3, 1], await All(Source.From([1, 2, 3, 1]).SkipWhile(n => n < 3)));
    }

    [Fact]
    public async Task Taking_enough_cancels_what_comes_before()
    {
        var (source, sink) = Probe(Flow.Create<int>().Take(1));
        sink.Pull();
        await source.PushOnDemand(7);

        Assert.Equal(7, await sink.Next());
        await sink.Signals.Expect<Signal.Completed>();
        await source.Signals.Expect<Signal.Cancelled>();
    }

    [Fact]
    public async Task A_limit_fails_the_stream_that_exceeds_it()
    {
        Assert.Equal([1, 2], await All(Numbers(2).Limit(2)));
        await FailureOf<StreamLimitReachedException>(All(Numbers(3).Limit(2)));
        await FailureOf<StreamLimitReachedException>(All(Numbers(3).LimitWeighted(3, n => n)));
    }

    [Fact]
    public async Task A_group_is_full_but_the_last()
    {
        var groups = await All(Numbers(5).Grouped(2));

        Assert.Equal([[1, 2], [3, 4], [5]], groups.Select(g => g.ToArray()));
        Assert.Throws<ArgumentException>(() => Numbers(1).Grouped(0));
    }

    [Fact]
    public async Task A_scan_shows_each_state_and_an_aggregate_the_last()
    {
        Assert.Equal([0, 1, 3, 6], await All(Numbers(3).Scan(0, (a, b) => a + b)));
        Assert.Equal([7], await All(Source.Empty<int>().Scan(7, (a, b) => a + b)));
        Assert.Equal([16], await All(Numbers(3).Aggregate(10, (a, b) => a + b)));
        Assert.Equal([6], await All(Numbers(3).Sum((a, b) => a + b)));
        await FailureOf<NoSuchElementException>(All(Source.Empty<int>().Sum((a, b) => a + b)));
    }

    [Fact]
    public async Task A_function_with_state_begins_anew_in_each_materialization()
    {
        var distinct = Source.From([1, 1, 2]).StatefulSelectMany<int, int, Akka.NotUsed>(() =>
        {
            var seen = new HashSet<int>();
            return n => seen.Add(n) ? [n] : Array.Empty<int>();
        });
        var same = Flow.Create<int>().StatefulSelectMany<int, int, int, Akka.NotUsed>(() => n => [n, n]);

        Assert.Equal([1, 2], await All(distinct));
        Assert.Equal([1, 2], await All(distinct));
        Assert.Equal([1, 1], await All(Source.Single(1).Via(same)));
    }

    [Fact]
    public async Task What_a_function_throws_fails_the_stream()
    {
        await FailureOf<DivideByZeroException>(All(Numbers(3).Select(n => 1 / (n - 2))));
        await FailureOf<DivideByZeroException>(All(Numbers(3).Where(n => 1 / (n - 2) > 0)));
        await FailureOf<DivideByZeroException>(All(Numbers(3).Scan(0, (_, n) => 1 / (n - 2))));
        await FailureOf<DivideByZeroException>(All(Numbers(3).SelectMany(n => new[] { 1 / (n - 2) })));
        await FailureOf<ArgumentNullException>(All(Source.Single("a").Select(_ => (string)null!)));
    }

    [Fact]
    public async Task A_stage_that_resumes_drops_the_element_that_a_function_throws_at()
    {
        Assert.Equal([-1, 1], await All(Numbers(3).Select(n => 1 / (n - 2)).WithAttributes(Resuming)));
        Assert.Equal([1, 3], await All(Numbers(3).Where(n => n / (n - 2) < 9).WithAttributes(Resuming)));
        Assert.Equal([0, 1, 4], await All(Numbers(3)
            .Scan(0, (sum, n) => n == 2 ? throw new ArgumentException("two") : sum + n).WithAttributes(Resuming)));
        Assert.Equal([4], await All(Numbers(3)
            .Aggregate(0, (sum, n) => n == 2 ? throw new ArgumentException("two") : sum + n)
            .WithAttributes(Resuming)));
    }

    [Fact]
    public async Task A_stage_that_restarts_forgets_what_it_knows()
    {
        Assert.Equal([0, 1, 0, 3], await All(Numbers(3)
            .Scan(0, (sum, n) => n == 2 ? throw new ArgumentException("two") : sum + n)
            .WithAttributes(Restarting)));
        Assert.Equal([3], await All(Numbers(3)
            .Aggregate(0, (sum, n) => n == 2 ? throw new ArgumentException("two") : sum + n)
            .WithAttributes(Restarting)));
    }

    [Fact]
    public async Task A_failure_can_become_a_last_element_or_another_failure()
    {
        var failing = Numbers(2).Concat(Source.Failed<int>(new ArgumentException("bad")));

        Assert.Equal([1, 2, 9], await All(failing.Recover(_ => 9)));
        Assert.Equal([1, 2, 9], await All(failing.Via(Flow.Create<int>().Recover(_ => 9))));
        await FailureOf<ArgumentException>(All(failing.Recover(_ => Option<int>.None)));
        await FailureOf<FormatException>(All(failing.SelectError(_ => new FormatException("other"))));
        await FailureOf<FormatException>(All(failing.Via(
            Flow.Create<int>().SelectError(_ => new FormatException("other")))));
    }

    [Fact]
    public async Task A_failure_can_be_followed_by_another_source()
    {
        var failing = Source.Single(1).Concat(Source.Failed<int>(new ArgumentException("bad")));

        Assert.Equal([1, 8, 9], await All(failing.RecoverWithRetries(_ => Source.From([8, 9]), -1)));
        Assert.Equal([1, 8, 9], await All(failing.Via(
            Flow.Create<int>().RecoverWithRetries(_ => Source.From([8, 9]), 1))));
        var tries = 0;
        var again = failing.RecoverWithRetries(_ => Source.Failed<int>(new FormatException($"{++tries}")), 2);
        Assert.Equal("2", (await FailureOf<FormatException>(All(again))).Message);
        await FailureOf<ArgumentException>(All(failing.Via(
            Flow.Create<int>().RecoverWithRetries(_ => Source.Single(5), 0))));
    }
}
