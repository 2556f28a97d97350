namespace Akka.Streams.Stage;

public abstract class OutGraphStageLogic : GraphStageLogic, IOutHandler
{
    protected OutGraphStageLogic(int inCount, int outCount)
        : base(inCount, outCount)
    {
    }

    protected OutGraphStageLogic(Shape shape)
        : base(shape)
    {
    }

    public abstract void OnPull();

    public virtual void OnDownstreamFinish(Exception cause) => CancelStage(cause);
}
