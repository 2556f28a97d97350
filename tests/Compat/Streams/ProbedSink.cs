using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

// A sink that asks when a test says so.
public sealed class ProbedSink<T> : GraphStageWithMaterializedValue<SinkShape<T>, SinkProbe<T>>
{
    private readonly Inlet<T> _in = new("probe.in");

    public ProbedSink() => Shape = new SinkShape<T>(_in);

    public override SinkShape<T> Shape { get; }

    public override ILogicAndMaterializedValue<SinkProbe<T>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var logic = new Logic(this);
        return new LogicAndMaterializedValue<SinkProbe<T>>(logic, logic.Probe);
    }

    private sealed class Logic : GraphStageLogic
    {
        public Logic(ProbedSink<T> stage)
            : base(stage.Shape)
        {
            Probe = new SinkProbe<T>(
                GetAsyncCallback(() => Pull(stage._in)),
                GetAsyncCallback<Exception>(cause => Cancel(stage._in, cause)));
            SetHandler(
                stage._in,
                () => Probe.Signals.Add(new Signal.Next(Grab(stage._in))),
                () =>
                {
                    Probe.Signals.Add(new Signal.Completed());
                    CompleteStage();
                },
                cause =>
                {
                    Probe.Signals.Add(new Signal.Failed(cause));
                    FailStage(cause);
                });
        }

        public SinkProbe<T> Probe { get; }

        public override void PreStart() => Probe.Started.SetResult();
    }
}
