using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

public abstract class InAndOutHandler : IInHandler, IOutHandler
{
    protected InAndOutHandler()
    {
    }

    public abstract void OnPush();

    public abstract void OnPull();

    public virtual void OnUpstreamFinish() => Interpreter.Active.CompleteStage();

    public virtual void OnUpstreamFailure(Exception e) => Interpreter.Active.FailStage(e);

    public virtual void OnDownstreamFinish(Exception cause) => Interpreter.Active.CancelStage(cause);
}
