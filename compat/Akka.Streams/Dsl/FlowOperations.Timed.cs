using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.Bound;

namespace Akka.Streams.Dsl;

public static partial class FlowOperations
{
    public static Flow<TIn, IEnumerable<TOut>, TMat> GroupedWithin<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, int n, TimeSpan timeout) =>
        flow.Via(new GroupedWithin<TOut>(AtLeastOne(n), Positive(timeout)));

    public static Flow<TIn, TInjected, TMat> KeepAlive<TIn, TOut, TInjected, TMat>(
        this Flow<TIn, TOut, TMat> flow, TimeSpan timeout, Func<TInjected> injectElement)
        where TOut : TInjected =>
        flow.Select(element => (TInjected)element).Via(new KeepAlive<TInjected>(Positive(timeout), injectElement));

    public static Flow<TIn, TOut, TMat> BackpressureTimeout<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new Deadline<TOut>(Timing.Backpressure, timeout));

    public static Flow<TIn, TOut, TMat> CompletionTimeout<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new Deadline<TOut>(Timing.Completion, timeout));

    public static Flow<TIn, TOut, TMat> IdleTimeout<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new Deadline<TOut>(Timing.Idle, timeout));

    public static Flow<TIn, TOut, TMat> InitialTimeout<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new Deadline<TOut>(Timing.Initial, timeout));

    public static Flow<TIn, TOut, TMat> Throttle<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow,
        int cost,
        TimeSpan per,
        int maximumBurst,
        Func<TOut, int> calculateCost,
        ThrottleMode mode) =>
        flow.Via(new Throttle<TOut>(AtLeastOne(cost), Positive(per), maximumBurst, calculateCost, mode));

    public static Flow<TIn, TOut, TMat> Throttle<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, int elements, TimeSpan per, int maximumBurst, ThrottleMode mode) =>
        flow.Via(new Throttle<TOut>(AtLeastOne(elements), Positive(per), maximumBurst, _ => 1, mode));
}
