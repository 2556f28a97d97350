using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

public abstract class InHandler : IInHandler
{
    protected InHandler()
    {
    }

    public abstract void OnPush();

    public virtual void OnUpstreamFinish() => Interpreter.Active.CompleteStage();

    public virtual void OnUpstreamFailure(Exception e) => Interpreter.Active.FailStage(e);
}
