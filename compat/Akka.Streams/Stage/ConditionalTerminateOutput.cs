using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

public class ConditionalTerminateOutput : OutHandler
{
    private readonly Func<bool> _predicate;

    public ConditionalTerminateOutput(Func<bool> predicate) => _predicate = predicate;

    public override void OnPull()
    {
    }

    public override void OnDownstreamFinish(Exception cause)
    {
        if (_predicate())
            Interpreter.Active.CancelStage(cause);
    }
}
