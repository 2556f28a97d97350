using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

public sealed class HandlerTests : StreamTest
{
    private static readonly Exception Broken = new ArgumentException("broken");

    private static readonly FlowShape<int, int> Ports = new(new Inlet<int>("in"), new Outlet<int>("out"));

    public static TheoryData<string> Kinds => ["two handlers", "one handler", "the logic"];

    private static Handled Of(string kind) => new(kind switch
    {
        "two handlers" => () => new ByHandlers(),
        "one handler" => () => new ByOneHandler(),
        _ => () => new ByItself(),
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_handler_that_says_nothing_else_passes_every_end_on(string kind)
    {
        Assert.Equal([1, 2], await All(Source.From([1, 2]).Via(Of(kind))));
        await FailureOf<ArgumentException>(All(Source.Failed<int>(Broken).Via(Of(kind))));
        var (source, sink) = Probe(Of(kind));
        sink.Cancel(Broken);
        Assert.Same(Broken, (await source.Signals.Expect<Signal.Cancelled>()).Cause);
    }

    [Fact]
    public async Task A_logic_may_be_the_handler_of_one_side()
    {
        var all = await All(Source.FromGraph(new Counting()).Via(Flow.Create<int>()));
        Assert.Equal([1, 2, 3], all);

        var seen = new List<int>();
        var sink = new Summing(seen);
        await Source.From([1, 2]).WatchTermination((_, ended) => ended).To(sink).Run(Materializer).WaitAsync(Patience);
        await Source.Failed<int>(Broken).WatchTermination((_, ended) => ended).To(sink).Run(Materializer)
            .ContinueWith(ended => Assert.True(ended.IsFaulted), TaskScheduler.Default);
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public async Task A_stage_that_cancels_itself_ends_both_sides_by_the_cause()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.OnOut(() => logic.CancelStage(Broken))));
        sink.Pull();
        Assert.Same(Broken, (await sink.Signals.Expect<Signal.Failed>()).Cause);
        Assert.Same(Broken, (await source.Signals.Expect<Signal.Cancelled>()).Cause);

        var enough = SubscriptionWithCancelException.NoMoreElementsNeeded.Instance;
        var (other, last) = Probe(new OpenFlow<int, int>(logic => logic.OnOut(() => logic.CancelStage(enough))));
        last.Pull();
        await last.Signals.Expect<Signal.Completed>();
        Assert.Same(enough, (await other.Signals.Expect<Signal.Cancelled>()).Cause);
    }

    [Fact]
    public void The_handlers_that_are_there_for_all_do_nothing_by_themselves()
    {
        IInHandler[] ins = [GraphStageLogic.EagerTerminateInput, GraphStageLogic.IgnoreTerminateInput,
            GraphStageLogic.TotallyIgnorantInput, new ConditionalTerminateInput(() => false)];
        IOutHandler[] outs = [GraphStageLogic.EagerTerminateOutput, GraphStageLogic.IgnoreTerminateOutput,
            new ConditionalTerminateOutput(() => false)];
        foreach (var handler in ins)
            handler.OnPush();
        foreach (var handler in outs)
            handler.OnPull();
        foreach (var handler in ins[1..])
            handler.OnUpstreamFinish();
        foreach (var handler in outs[1..])
            handler.OnDownstreamFinish(Broken);
        GraphStageLogic.TotallyIgnorantInput.OnUpstreamFailure(Broken);

        Assert.ThrowsAny<Exception>(ins[0].OnUpstreamFinish);
    }

    private sealed class Handled(Func<GraphStageLogic> make) : GraphStage<FlowShape<int, int>>
    {
        public override FlowShape<int, int> Shape => Ports;

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => make();
    }

    private sealed class ByHandlers : GraphStageLogic
    {
        public ByHandlers()
            : base(Ports)
        {
            SetHandler(Ports.Inlet, new Receiving(this));
            SetHandler(Ports.Outlet, new Sending(this));
        }

        private sealed class Receiving(ByHandlers logic) : InHandler
        {
            public override void OnPush() => logic.Push(Ports.Outlet, logic.Grab(Ports.Inlet));
        }

        private sealed class Sending(ByHandlers logic) : OutHandler
        {
            public override void OnPull() => logic.Pull(Ports.Inlet);
        }
    }

    private sealed class ByOneHandler : GraphStageLogic
    {
        public ByOneHandler()
            : base(inCount: 1, outCount: 1)
        {
            var both = new Both(this);
            SetHandler(Ports.Inlet, both);
            SetHandler(Ports.Outlet, both);
        }

        private sealed class Both(ByOneHandler logic) : InAndOutHandler
        {
            public override void OnPush() => logic.Push(Ports.Outlet, logic.Grab(Ports.Inlet));

            public override void OnPull() => logic.Pull(Ports.Inlet);
        }
    }

    private sealed class ByItself : InAndOutGraphStageLogic
    {
        public ByItself()
            : base(Ports) => SetHandlers(Ports.Inlet, Ports.Outlet, this);

        public override void OnPush() => Push(Ports.Outlet, Grab(Ports.Inlet));

        public override void OnPull() => Pull(Ports.Inlet);
    }

    private sealed class Counting : GraphStage<SourceShape<int>>
    {
        public override SourceShape<int> Shape { get; } = new(new Outlet<int>("out"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

        private sealed class Logic : OutGraphStageLogic
        {
            private readonly Outlet<int> _out;
            private int _last;

            public Logic(SourceShape<int> shape)
                : base(shape)
            {
                _out = shape.Outlet;
                SetHandler(_out, this);
            }

            public override void OnPull()
            {
                Push(_out, ++_last);
                if (_last == 3)
                    CompleteStage();
            }
        }
    }

    private sealed class Summing(List<int> seen) : GraphStage<SinkShape<int>>
    {
        public override SinkShape<int> Shape { get; } = new(new Inlet<int>("in"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, seen);

        private sealed class Logic : InGraphStageLogic
        {
            private readonly Inlet<int> _in;
            private readonly List<int> _seen;

            public Logic(SinkShape<int> shape, List<int> seen)
                : base(shape)
            {
                _in = shape.Inlet;
                _seen = seen;
                SetHandler(_in, this);
            }

            public override void PreStart() => Pull(_in);

            public override void OnPush()
            {
                _seen.Add(Grab(_in));
                Pull(_in);
            }
        }
    }
}
