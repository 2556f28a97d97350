using Akka.Streams;
using Akka.Streams.Dsl;

namespace Handoff.Compat.Tests.Streams;

public sealed class TimedTests : StreamTest
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_stream_that_is_too_late_fails()
    {
        await FailureOf<TimeoutException>(All(Source.Never<int>().InitialTimeout(Short)));
        await FailureOf<TimeoutException>(All(Source.Never<int>().CompletionTimeout(Short)));
        await FailureOf<TimeoutException>(All(Source.Never<int>().IdleTimeout(Short)));
        var flow = Flow.Create<int>();
        await FailureOf<TimeoutException>(All(Source.Never<int>().Via(flow.InitialTimeout(Short))));
        await FailureOf<TimeoutException>(All(Source.Never<int>().Via(flow.CompletionTimeout(Short))));
        await FailureOf<TimeoutException>(All(Source.Never<int>().Via(flow.IdleTimeout(Short))));
    }

    [Fact]
    public async Task A_stream_that_is_in_time_is_left_alone()
    {
        var numbers = Source.From([1, 2]);
        Assert.Equal([1, 2], await All(numbers.InitialTimeout(Long).CompletionTimeout(Long).IdleTimeout(Long)
            .BackpressureTimeout(Long)));
    }

    [Fact]
    public async Task A_downstream_that_does_not_ask_fails_the_stream()
    {
        var (source, sink) = Probe(Flow.Create<int>().BackpressureTimeout(Short));
        Assert.IsType<TimeoutException>((await sink.Signals.Expect<Signal.Failed>()).Cause);
        await source.Signals.Expect<Signal.Cancelled>();
    }

    [Fact]
    public async Task A_group_also_closes_when_its_time_is_up()
    {
        var (source, sink) = Probe(Flow.Create<int>().GroupedWithin(3, Short));
        await source.PushOnDemand(1, 2);
        sink.Pull();
        Assert.Equal([1, 2], await sink.Next());

        await source.PushOnDemand(3, 4, 5);
        Assert.Equal([3, 4, 5], await sink.PullNext());
        var groups = await All(Source.From([1, 2, 3]).GroupedWithin(2, Long));
        Assert.Equal([[1, 2], [3]], groups.Select(g => g.ToArray()));
        Assert.Throws<ArgumentException>(() => Source.Single(1).GroupedWithin(0, Long));
    }

    [Fact]
    public async Task Something_is_put_in_while_nothing_comes()
    {
        Assert.Equal([9, 9], await All(Source.Never<int>().KeepAlive(Short, () => 9).Take(2)));
        Assert.Equal([1, 2], await All(Source.From([1, 2]).KeepAlive(Long, () => 9)));
        Assert.Equal([9], await All(Source.Never<int>().Via(Flow.Create<int>().KeepAlive(Short, () => 9)).Take(1)));
    }

    [Fact]
    public async Task A_throttle_that_shapes_delays_and_loses_nothing()
    {
        var numbers = Source.From([1, 2, 3, 4]);
        var interval = TimeSpan.FromMilliseconds(10);
        Assert.Equal([1, 2, 3, 4], await All(numbers.Throttle(1, interval, 1, ThrottleMode.Shaping)));
        Assert.Equal([1, 2, 3, 4], await All(numbers.Throttle(2, interval, 2, n => n, ThrottleMode.Shaping)));
        var flow = Flow.Create<int>();
        Assert.Equal([1, 2, 3, 4], await All(numbers.Via(flow.Throttle(1, interval, 1, ThrottleMode.Shaping))));
        Assert.Equal([1, 2, 3, 4], await All(numbers.Via(
            flow.Throttle(2, interval, 2, n => n, ThrottleMode.Shaping))));
    }

    [Fact]
    public async Task A_throttle_lets_a_burst_through_and_holds_what_is_beyond_it()
    {
        var (source, sink) = Probe(Flow.Create<int>().Throttle(1, Long, 2, ThrottleMode.Shaping));
        sink.Pull();
        await source.PushOnDemand(1);
        Assert.Equal(1, await sink.Next());
        sink.Pull();
        await source.PushOnDemand(2);
        Assert.Equal(2, await sink.Next());
        sink.Pull();
        await source.PushOnDemand(3);
        await source.Settled();

        sink.Signals.ExpectNone();
    }

    [Fact]
    public async Task A_throttle_that_enforces_fails_what_is_too_fast()
    {
        await FailureOf<OverflowException>(All(
            Source.From([1, 2, 3]).Throttle(1, Long, 2, ThrottleMode.Enforcing)));
        Assert.Throws<ArgumentException>(() => Source.Single(1).Throttle(0, Long, 1, ThrottleMode.Shaping));
        Assert.Throws<ArgumentException>(() => Source.Single(1).Throttle(1, TimeSpan.Zero, 1, ThrottleMode.Shaping));
    }
}
