using Akka.Streams;
using Akka.Streams.Dsl;

namespace Handoff.Compat.Tests.Streams;

public sealed class KillSwitchTests : StreamTest
{
    private static readonly Exception Broken = new ArgumentException("broken");

    private (SourceProbe<int> Source, TMat Switch, SinkProbe<int> Sink) Run<TMat>(
        IGraph<FlowShape<int, int>, TMat> flow)
    {
        var ((source, value), sink) = Source.FromGraph(new ProbedSource<int>())
            .ViaMaterialized(flow, Keep.Both)
            .ToMaterialized(new ProbedSink<int>(), Keep.Both)
            .Run(Materializer);
        Assert.True(Task.WaitAll([source.Started.Task, sink.Started.Task], Patience));
        return (source, value, sink);
    }

    [Fact]
    public async Task A_shutdown_completes_down_and_cancels_up()
    {
        var (source, killer, sink) = Run(KillSwitches.Single<int>());
        sink.Pull();
        await source.PushOnDemand(1);
        Assert.Equal(1, await sink.Next());
        killer.Shutdown();
        killer.Abort(Broken);

        await sink.Signals.Expect<Signal.Completed>();
        await source.Signals.Expect<Signal.Cancelled>();
    }

    [Fact]
    public async Task An_abort_fails_both_sides()
    {
        var (source, killer, sink) = Run(KillSwitches.Single<int>());
        killer.Abort(Broken);
        killer.Shutdown();

        Assert.IsType<ArgumentException>(Only((await sink.Signals.Expect<Signal.Failed>()).Cause));
        await source.Signals.Expect<Signal.Cancelled>();
    }

    [Fact]
    public async Task A_shared_switch_cuts_all_its_streams_and_those_to_come()
    {
        IKillSwitch killer = KillSwitches.Shared("all");
        var first = Run(((SharedKillSwitch)killer).Flow<int>());
        var second = Run(((SharedKillSwitch)killer).Flow<int>());
        Assert.Same(killer, first.Switch);
        killer.Shutdown();
        await first.Sink.Signals.Expect<Signal.Completed>();
        await second.Sink.Signals.Expect<Signal.Completed>();

        var third = Run(((SharedKillSwitch)killer).Flow<int>());
        await third.Sink.Signals.Expect<Signal.Completed>();
        Assert.Contains("all", killer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shared_switch_aborts_all_its_streams()
    {
        var killer = KillSwitches.Shared("all");
        var first = Run(killer.Flow<int>());
        killer.Abort(Broken);
        var second = Run(killer.Flow<int>());

        Assert.IsType<ArgumentException>(Only((await first.Sink.Signals.Expect<Signal.Failed>()).Cause));
        Assert.IsType<ArgumentException>(Only((await second.Sink.Signals.Expect<Signal.Failed>()).Cause));
    }

    [Fact]
    public async Task A_cancellation_token_cuts_a_stream_with_a_failure_or_gracefully()
    {
        using var source = new CancellationTokenSource();
        var failing = Run(KillSwitches.AsFlow<int>(source.Token));
        var graceful = Run(KillSwitches.AsFlow<int>(source.Token, cancelGracefully: true));
        source.Cancel();

        var failed = await failing.Sink.Signals.Expect<Signal.Failed>();
        Assert.IsAssignableFrom<OperationCanceledException>(failed.Cause);
        await graceful.Sink.Signals.Expect<Signal.Completed>();
        var late = Run(KillSwitches.AsFlow<int>(source.Token, cancelGracefully: true));
        await late.Sink.Signals.Expect<Signal.Completed>();
    }

    private static Exception Only(Exception cause) =>
        cause is AggregateException { InnerExceptions: [var only] } ? only : cause;
}
