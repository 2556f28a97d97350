using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

public sealed class StageTests : StreamTest
{
    private static readonly Exception Broken = new InvalidOperationException("broken");

    [Fact]
    public async Task Nothing_is_asked_for_before_the_sink_asks_and_each_element_is_asked_for_by_itself()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(_ => { }));
        await source.Settled();
        source.Signals.ExpectNone();

        sink.Pull();
        await source.Signals.Expect<Signal.Pulled>();
        source.Push(7);

        Assert.Equal(7, await sink.Next());
        await source.Settled();
        source.Signals.ExpectNone();
    }

    [Fact]
    public async Task Completion_goes_down_without_demand_and_comes_after_what_was_pushed()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(_ => { }));
        sink.Pull();
        await source.Signals.Expect<Signal.Pulled>();
        source.Push(1);
        source.Complete();

        Assert.Equal(1, await sink.Next());
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task A_failure_goes_down_as_it_is()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(_ => { }));
        source.Fail(Broken);

        Assert.Same(Broken, (await sink.Signals.Expect<Signal.Failed>()).Cause);
    }

    [Fact]
    public async Task Cancellation_goes_up_with_its_cause()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(_ => { }));
        sink.Cancel();
        var cause = (await source.Signals.Expect<Signal.Cancelled>()).Cause;
        Assert.IsType<SubscriptionWithCancelException.NoMoreElementsNeeded>(cause);
        Assert.IsAssignableFrom<SubscriptionWithCancelException.NonFailureCancellation>(cause);
    }

    [Fact]
    public async Task A_failure_that_cancels_goes_up_as_it_is()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(_ => { }));
        sink.Cancel(Broken);

        Assert.Same(Broken, (await source.Signals.Expect<Signal.Cancelled>()).Cause);
    }

    [Fact]
    public async Task A_stage_that_completes_itself_completes_down_and_cancels_up()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.OnIn(() => logic.CompleteStage())));
        sink.Pull();
        await source.PushOnDemand(1);

        await sink.Signals.Expect<Signal.Completed>();
        var cause = (await source.Signals.Expect<Signal.Cancelled>()).Cause;
        Assert.IsType<SubscriptionWithCancelException.StageWasCompleted>(cause);
    }

    [Fact]
    public async Task What_a_handler_throws_fails_down_and_cancels_up()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.OnIn(() => throw Broken)));
        sink.Pull();
        await source.PushOnDemand(1);

        Assert.Same(Broken, (await sink.Signals.Expect<Signal.Failed>()).Cause);
        Assert.Same(Broken, (await source.Signals.Expect<Signal.Cancelled>()).Cause);
    }

    [Fact]
    public async Task What_PreStart_throws_fails_the_stream()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () => throw Broken));

        Assert.Same(Broken, (await sink.Signals.Expect<Signal.Failed>()).Cause);
        Assert.Same(Broken, (await source.Signals.Expect<Signal.Cancelled>()).Cause);
    }

    [Fact]
    public async Task What_PostStop_throws_harms_nobody()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStopped = () => throw Broken));
        source.Complete();

        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task A_port_must_not_be_pulled_twice()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.OnOut(() =>
        {
            logic.PullIn();
            Assert.True(logic.InPulled);
            logic.PullIn();
        })));
        sink.Pull();

        Assert.IsType<ArgumentException>((await sink.Signals.Expect<Signal.Failed>()).Cause);
    }

    [Fact]
    public async Task A_port_must_not_be_pushed_before_it_is_pulled()
    {
        var (_, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () => logic.PushOut(1)));

        Assert.IsType<ArgumentException>((await sink.Signals.Expect<Signal.Failed>()).Cause);
    }

    [Fact]
    public async Task A_port_must_not_be_pushed_twice()
    {
        var (_, sink) = Probe(new OpenFlow<int, int>(logic => logic.OnOut(() =>
        {
            logic.PushOut(1);
            logic.PushOut(2);
        })));
        sink.Pull();

        Assert.Equal(1, await sink.Next());
        Assert.IsType<ArgumentException>((await sink.Signals.Expect<Signal.Failed>()).Cause);
    }

    [Fact]
    public async Task Null_is_no_element()
    {
        var (_, sink) = Probe(new OpenFlow<string, string>(logic => logic.OnOut(() => logic.PushOut(null!))));
        sink.Pull();

        Assert.IsType<ArgumentNullException>((await sink.Signals.Expect<Signal.Failed>()).Cause);
    }

    [Fact]
    public async Task An_element_can_be_grabbed_once()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.OnIn(() =>
        {
            Assert.True(logic.InAvailable);
            logic.GrabIn();
            Assert.False(logic.InAvailable);
            logic.GrabIn();
        })));
        sink.Pull();
        await source.PushOnDemand(1);

        Assert.IsType<ArgumentException>((await sink.Signals.Expect<Signal.Failed>()).Cause);
    }

    [Fact]
    public async Task An_element_that_waits_can_be_grabbed_after_the_end_of_upstream()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.OnIn(
            () => { },
            () =>
            {
                Assert.True(logic.InClosed);
                logic.EmitOut(logic.GrabIn(), logic.CompleteStage);
            })));
        sink.Pull();
        await source.PushOnDemand(5);
        source.Complete();

        Assert.Equal(5, await sink.Next());
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task A_closed_port_is_not_pulled_by_TryPull_and_refuses_Pull()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.OnIn(
            () => { },
            () =>
            {
                logic.TryPullIn();
                logic.PullIn();
            })));
        source.Complete();

        Assert.IsType<ArgumentException>((await sink.Signals.Expect<Signal.Failed>()).Cause);
    }

    [Fact]
    public async Task A_port_that_is_not_of_the_stage_is_refused()
    {
        var other = new Outlet<int>("other");
        var (_, sink) = Probe(new ForeignPort(other));
        sink.Pull();

        await sink.Signals.Expect<Signal.Failed>();
    }

    [Fact]
    public void A_stage_without_a_handler_for_a_port_cannot_be_materialized() =>
        Assert.ThrowsAny<Exception>(() =>
        {
            Source.Single(1).Via(new NoHandlers()).To(Sink.Ignore<int>()).Run(Materializer);
        });

    [Fact]
    public async Task A_stage_runs_anew_in_each_materialization()
    {
        var started = 0;
        var graph = Source.From([1, 2, 3])
            .Via(new OpenFlow<int, int>(logic => logic.WhenStarted = () => Interlocked.Increment(ref started)));

        Assert.Equal([1, 2, 3], await All(graph));
        Assert.Equal([1, 2, 3], await All(graph));
        Assert.Equal(2, started);
    }

    [Fact]
    public async Task PostStop_comes_once_both_ports_are_closed()
    {
        var finished = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.OnIn(() => { }, finished.SetResult);
            logic.WhenStopped = stopped.SetResult;
        }));
        source.Complete();
        await finished.Task.WaitAsync(Patience);
        Assert.False(stopped.Task.IsCompleted);

        sink.Cancel();
        await stopped.Task.WaitAsync(Patience);
    }

    private sealed class NoHandlers : GraphStage<FlowShape<int, int>>
    {
        public override FlowShape<int, int> Shape { get; } = new(new Inlet<int>("in"), new Outlet<int>("out"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

        private sealed class Logic(Shape shape) : GraphStageLogic(shape);
    }

    private sealed class ForeignPort(Outlet<int> other) : GraphStage<FlowShape<int, int>>
    {
        public override FlowShape<int, int> Shape { get; } = new(new Inlet<int>("in"), new Outlet<int>("out"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, other);

        private sealed class Logic : GraphStageLogic
        {
            public Logic(FlowShape<int, int> shape, Outlet<int> other)
                : base(shape)
            {
                SetHandler(shape.Inlet, DoNothing);
                SetHandler(shape.Outlet, () => Push(other, 1));
            }
        }
    }
}
