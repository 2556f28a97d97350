using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

public class ConditionalTerminateInput : InHandler
{
    private readonly Func<bool> _predicate;

    public ConditionalTerminateInput(Func<bool> predicate) => _predicate = predicate;

    public override void OnPush()
    {
    }

    public override void OnUpstreamFinish()
    {
        if (_predicate())
            Interpreter.Active.CompleteStage();
    }
}
