using Akka.Streams.Stage;
using Akka.Streams.Supervision;

namespace Akka.Streams.Implementation.Stages;

// Asks upstream whenever it is asked. What a user's function throws is for the supervision strategy to judge.
internal abstract class FlowLogic<TIn, TOut> : InAndOutGraphStageLogic
{
    private readonly Decider _decider;

    protected FlowLogic(FlowStage<TIn, TOut> stage, Attributes attributes)
        : base(stage.Shape)
    {
        In = stage.In;
        Out = stage.Out;
        _decider = Decide.By(attributes);
        SetHandlers(In, Out, this);
    }

    protected Inlet<TIn> In { get; }

    protected Outlet<TOut> Out { get; }

    public override void OnPull() => Pull(In);

    // False when the stream fails by it; else the element is dropped.
    protected bool Survives(Exception cause)
    {
        switch (_decider(cause))
        {
            case Directive.Resume:
                return true;
            case Directive.Restart:
                Forget();
                return true;
            default:
                FailStage(cause);
                return false;
        }
    }

    // What the stage knows, where it is to begin anew.
    protected virtual void Forget()
    {
    }

    protected void PullIfOpen()
    {
        if (!HasBeenPulled(In))
            TryPull(In);
    }
}
