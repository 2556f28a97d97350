using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

public sealed class EmitAndReadTests : StreamTest
{
    [Fact]
    public async Task What_is_emitted_without_demand_waits_for_it_in_order()
    {
        var (_, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () =>
        {
            logic.EmitOut(1);
            logic.EmitAll([2, 3]);
            logic.EmitAll([]);
            logic.EmitOut(4);
        }));

        foreach (var expected in new[] { 1, 2, 3, 4 })
            Assert.Equal(expected, await sink.PullNext());
    }

    [Fact]
    public async Task After_an_emission_the_former_handler_is_asked_again()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () => logic.EmitAll([1, 2])));
        Assert.Equal(1, await sink.PullNext());
        Assert.Equal(2, await sink.PullNext());
        await source.Settled();
        source.Signals.ExpectNone();

        sink.Pull();
        await source.PushOnDemand(3);
        Assert.Equal(3, await sink.Next());
    }

    [Fact]
    public async Task An_action_after_an_emission_may_emit()
    {
        var (_, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () =>
        {
            logic.EmitAll([1, 2], () => logic.EmitOut(3, () => logic.EmitAll([4, 5])));
        }));

        foreach (var expected in new[] { 1, 2, 3, 4, 5 })
            Assert.Equal(expected, await sink.PullNext());
    }

    [Fact]
    public async Task Completion_waits_for_what_is_to_be_emitted()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () =>
        {
            logic.EmitAll([1, 2]);
            logic.CompleteStage();
        }));

        await source.Signals.Expect<Signal.Cancelled>();
        Assert.Equal(1, await sink.PullNext());
        Assert.Equal(2, await sink.PullNext());
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task A_port_that_is_completed_while_it_emits_completes_afterwards()
    {
        var (_, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () =>
        {
            logic.EmitOut(1);
            logic.CompleteOut();
        }));

        Assert.Equal(1, await sink.PullNext());
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task A_failure_does_not_wait_for_emissions()
    {
        var broken = new InvalidOperationException("broken");
        var (_, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () =>
        {
            logic.EmitOut(1);
            logic.FailStage(broken);
        }));

        Assert.Same(broken, (await sink.Signals.Expect<Signal.Failed>()).Cause);
    }

    [Fact]
    public async Task An_aborted_emission_is_not_made()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () =>
        {
            logic.EmitAll([1, 2, 3]);
            logic.AbortEmits();
        }));
        sink.Pull();
        await source.PushOnDemand(9);

        Assert.Equal(9, await sink.Next());
    }

    [Fact]
    public async Task A_read_asks_by_itself_and_then_the_former_handler_is_back()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.WhenStarted = () => logic.ReadIn(first => logic.EmitOut(first * 10), () => { });
            logic.OnIn(() => logic.PushOut(logic.GrabIn()));
        }));
        await source.PushOnDemand(1);
        Assert.Equal(10, await sink.PullNext());

        sink.Pull();
        await source.PushOnDemand(2);
        Assert.Equal(2, await sink.Next());
    }

    [Fact]
    public async Task A_read_is_told_when_nothing_comes_and_then_the_handler_is()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
            logic.WhenStarted = () => logic.ReadIn(_ => { }, () => logic.EmitOut(-1))));
        source.Complete();

        Assert.Equal(-1, await sink.PullNext());
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task Many_are_read_together()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
            logic.WhenStarted = () => logic.ReadIn(3, all => logic.EmitOut(all.Sum()), _ => { })));
        await source.PushOnDemand(1, 2, 3);

        Assert.Equal(6, await sink.PullNext());
    }

    [Fact]
    public async Task Too_few_are_handed_over_at_the_end()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
            logic.WhenStarted = () => logic.ReadIn(3, _ => { }, some => logic.EmitAll(some))));
        await source.PushOnDemand(1, 2);
        source.Complete();

        Assert.Equal(1, await sink.PullNext());
        Assert.Equal(2, await sink.PullNext());
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task Reading_none_is_done_at_once_and_a_read_can_be_aborted()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.WhenStarted = () =>
            {
                logic.ReadIn(0, _ => logic.EmitOut(0), _ => { });
                logic.ReadIn(_ => logic.EmitOut(99), () => { });
                logic.AbortReads();
            };
            logic.OnIn(() => logic.EmitOut(logic.GrabIn()));
        }));
        await source.PushOnDemand(5);

        Assert.Equal(0, await sink.PullNext());
        Assert.Equal(5, await sink.PullNext());
    }

    [Fact]
    public async Task What_is_passed_along_comes_out_and_ends_the_stage()
    {
        var (source, sink) = Probe(new Passing());
        await source.PushOnDemand("1");
        Assert.Equal("1", await sink.PullNext());
        await source.PushOnDemand("2");
        source.Complete();

        Assert.Equal("2", await sink.PullNext());
        await sink.Signals.Expect<Signal.Completed>();
    }

    private sealed class Passing : GraphStage<FlowShape<string, object>>
    {
        public override FlowShape<string, object> Shape { get; } =
            new(new Inlet<string>("in"), new Outlet<object>("out"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

        private sealed class Logic : GraphStageLogic
        {
            private readonly FlowShape<string, object> _shape;

            public Logic(FlowShape<string, object> shape)
                : base(shape)
            {
                _shape = shape;
                SetHandler(shape.Inlet, IgnoreTerminateInput);
                SetHandler(shape.Outlet, EagerTerminateOutput);
            }

            public override void PreStart() => PassAlong(_shape.Inlet, _shape.Outlet, doPull: true);
        }
    }
}
