using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

public abstract class OutHandler : IOutHandler
{
    protected OutHandler()
    {
    }

    public abstract void OnPull();

    public virtual void OnDownstreamFinish(Exception cause) => Interpreter.Active.CancelStage(cause);
}
