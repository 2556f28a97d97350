using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.Bound;

namespace Akka.Streams.Dsl;

public static partial class SourceOperations
{
    public static Source<IEnumerable<TOut>, TMat> GroupedWithin<TOut, TMat>(
        this Source<TOut, TMat> flow, int n, TimeSpan timeout) =>
        flow.Via(new GroupedWithin<TOut>(AtLeastOne(n), Positive(timeout)));

    public static Source<TInjected, TMat> KeepAlive<TOut, TInjected, TMat>(
        this Source<TOut, TMat> flow, TimeSpan timeout, Func<TInjected> injectElement)
        where TOut : TInjected =>
        flow.Select(element => (TInjected)element).Via(new KeepAlive<TInjected>(Positive(timeout), injectElement));

    public static Source<TOut, TMat> BackpressureTimeout<TOut, TMat>(
        this Source<TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new Deadline<TOut>(Timing.Backpressure, timeout));

    public static Source<TOut, TMat> CompletionTimeout<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new Deadline<TOut>(Timing.Completion, timeout));

    public static Source<TOut, TMat> IdleTimeout<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new Deadline<TOut>(Timing.Idle, timeout));

    public static Source<TOut, TMat> InitialTimeout<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new Deadline<TOut>(Timing.Initial, timeout));

    public static Source<TOut, TMat> Throttle<TOut, TMat>(
        this Source<TOut, TMat> flow,
        int cost,
        TimeSpan per,
        int maximumBurst,
        Func<TOut, int> calculateCost,
        ThrottleMode mode) =>
        flow.Via(new Throttle<TOut>(AtLeastOne(cost), Positive(per), maximumBurst, calculateCost, mode));

    public static Source<TOut, TMat> Throttle<TOut, TMat>(
        this Source<TOut, TMat> flow, int elements, TimeSpan per, int maximumBurst, ThrottleMode mode) =>
        flow.Via(new Throttle<TOut>(AtLeastOne(elements), Positive(per), maximumBurst, _ => 1, mode));
}
