using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Util;

namespace Handoff.Compat.Tests.Streams;

public sealed class SourceTests : StreamTest
{
    private static readonly Exception Broken = new ArgumentException("broken");

    [Fact]
    public async Task Elements_come_from_sequences_and_single_values()
    {
        Assert.Equal([1, 2, 3], await All(Source.From([1, 2, 3])));
        Assert.Equal([1, 2], await All(Source.FromEnumerator(() => new List<int> { 1, 2 }.GetEnumerator())));
        Assert.Equal(["one"], await All(Source.Single("one")));
        Assert.Empty(await All(Source.Empty<int>()));
        Assert.Equal([5, 5, 5], await All(Source.Repeat(5).Take(3)));
        Assert.Same(Broken, await FailureOf<ArgumentException>(All(Source.Failed<int>(Broken))));
        Assert.Throws<ArgumentNullException>(() => Source.Single<string>(null!));
        var source = Source.From([1]);
        Assert.Same(source, Source.FromGraph(source));
    }

    [Fact]
    public async Task A_sequence_that_throws_fails_the_stream_and_is_disposed_of()
    {
        var disposed = new TaskCompletionSource();
        IEnumerable<int> Throwing()
        {
            try
            {
                yield return 1;
                throw Broken;
            }
            finally
            {
                disposed.SetResult();
            }
        }

        await FailureOf<ArgumentException>(All(Source.From(Throwing())));
        await disposed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Elements_are_unfolded_from_a_state()
    {
        Assert.Equal(["n1", "n2"], await All(Source.Unfold(1, n =>
            n > 2 ? Option<(int, string)>.None : (n + 1, $"n{n}"))));
        Assert.Equal(["n1", "n2"], await All(Source.UnfoldAsync(1, async n =>
        {
            await Task.Yield();
            return n > 2 ? Option<(int, string)>.None : (n + 1, $"n{n}");
        })));
        await FailureOf<ArgumentException>(All(Source.UnfoldAsync<int, int>(
            1, _ => Task.FromException<Option<(int, int)>>(Broken))));
    }

    [Fact]
    public async Task A_task_is_an_element_or_a_failure()
    {
        Assert.Equal([4], await All(Source.FromTask(Task.FromResult(4))));
        var later = new TaskCompletionSource<int>();
        var all = All(Source.FromTask(later.Task));
        later.SetResult(5);
        Assert.Equal([5], await all);
        await FailureOf<ArgumentException>(All(Source.FromTask(Task.FromException<int>(Broken))));
    }

    [Fact]
    public async Task An_asynchronous_sequence_is_asked_as_the_stream_is_and_disposed_of()
    {
        var disposed = new TaskCompletionSource();
        async IAsyncEnumerable<int> Numbers()
        {
            try
            {
                for (var n = 1; ; n++)
                {
                    await Task.Yield();
                    yield return n;
                }
            }
            finally
            {
                disposed.SetResult();
            }
        }

        Assert.Equal([1, 2, 3], await All(Source.From(Numbers).Take(3)));
        await disposed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_promise_may_be_an_element_or_none()
    {
        var (kept, all) = Source.Maybe<int>().ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        kept.SetResult(3);
        Assert.Equal([3], await all.WaitAsync(Patience));

        var (empty, none) = Source.Maybe<int>().ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        empty.SetResult(0);
        Assert.Empty(await none.WaitAsync(Patience));

        var (cancelled, _) = Source.Maybe<int>().ToMaterialized(Sink.Cancelled<int>(), Keep.Both).Run(Materializer);
        Assert.Equal(0, await cancelled.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_clock_ticks_until_it_is_cancelled()
    {
        var (clock, sink) = Source.Tick(TimeSpan.Zero, TimeSpan.FromMilliseconds(2), "tick")
            .ToMaterialized(new ProbedSink<string>(), Keep.Both).Run(Materializer);
        await sink.Started.Task.WaitAsync(Patience);
        Assert.Equal("tick", await sink.PullNext());
        Assert.Equal("tick", await sink.PullNext());
        clock.Cancel();

        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task What_an_actor_is_told_is_what_the_stream_carries()
    {
        var (actor, all) = Source.ActorRef<int>(10, OverflowStrategy.Fail)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(new Status.Success("done"));

        Assert.Equal([1, 2], await all.WaitAsync(Patience));
    }

    [Fact]
    public async Task An_actor_of_a_stream_can_fail_it_and_ends_with_it()
    {
        var (actor, all) = Source.ActorRef<int>(10, OverflowStrategy.Fail)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        var gone = Gone(actor, Sys);
        actor.Tell(new Status.Failure(Broken));

        await FailureOf<ArgumentException>(all);
        await gone;
        var cancelled = Source.ActorRef<int>(10, OverflowStrategy.DropNew).To(Sink.Cancelled<int>()).Run(Materializer);
        await Gone(cancelled, Sys);
    }

    [Fact]
    public async Task A_poison_pill_completes_the_stream_of_an_actor()
    {
        var (actor, all) = Source.ActorRef<int>(10, OverflowStrategy.DropHead)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        actor.Tell(PoisonPill.Instance);

        Assert.Empty(await all.WaitAsync(Patience));
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Source.ActorRef<int>(-1, OverflowStrategy.Fail));
        Assert.Throws<NotSupportedException>(() => Source.ActorRef<int>(1, OverflowStrategy.Backpressure));
        Assert.ThrowsAny<ArgumentException>(() => Source.Queue<int>(-1, OverflowStrategy.Fail));
    }

    [Fact]
    public async Task A_source_runs_into_a_function_or_an_aggregate()
    {
        var seen = new List<int>();
        await Source.From([1, 2]).RunForeach(seen.Add, Materializer).WaitAsync(Patience);
        await Source.From([3]).RunForeach(seen.Add, Sys).WaitAsync(Patience);

        Assert.Equal([1, 2, 3], seen);
        Assert.Equal(6, await Source.From(seen).RunAggregate(0, (a, b) => a + b, Materializer).WaitAsync(Patience));
        Assert.Equal(6, await Source.From(seen).RunAggregate(0, (a, b) => a + b, Sys).WaitAsync(Patience));
    }
}
