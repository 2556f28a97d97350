using Akka.Streams.Stage;

namespace Akka.Streams;

public sealed class AbruptStageTerminationException : Exception
{
    public AbruptStageTerminationException(GraphStageLogic logic)
        : base(
            $"GraphStage {logic} terminated abruptly, caused by for example materializer or actor system termination.")
    {
    }
}
