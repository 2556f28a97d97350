using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

// A source that a test drives, signal by signal.
public sealed class ProbedSource<T> : GraphStageWithMaterializedValue<SourceShape<T>, SourceProbe<T>>
{
    private readonly Outlet<T> _out = new("probe.out");

    public ProbedSource() => Shape = new SourceShape<T>(_out);

    public override SourceShape<T> Shape { get; }

    public override ILogicAndMaterializedValue<SourceProbe<T>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var logic = new Logic(this);
        return new LogicAndMaterializedValue<SourceProbe<T>>(logic, logic.Probe);
    }

    private sealed class Logic : GraphStageLogic
    {
        public Logic(ProbedSource<T> stage)
            : base(stage.Shape)
        {
            Probe = new SourceProbe<T>(
                GetAsyncCallback<T>(element => Push(stage._out, element)),
                GetAsyncCallback(CompleteStage),
                GetAsyncCallback<Exception>(FailStage),
                GetAsyncCallback<TaskCompletionSource>(done => done.SetResult()));
            SetHandler(
                stage._out,
                () => Probe.Signals.Add(new Signal.Pulled()),
                cause =>
                {
                    Probe.Signals.Add(new Signal.Cancelled(cause));
                    SetKeepGoing(true);
                });
        }

        public SourceProbe<T> Probe { get; }

        public override void PreStart() => Probe.Started.SetResult();
    }
}
