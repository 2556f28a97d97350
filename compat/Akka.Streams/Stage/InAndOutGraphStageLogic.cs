namespace Akka.Streams.Stage;

public abstract class InAndOutGraphStageLogic : GraphStageLogic, IInHandler, IOutHandler
{
    protected InAndOutGraphStageLogic(int inCount, int outCount)
        : base(inCount, outCount)
    {
    }

    protected InAndOutGraphStageLogic(Shape shape)
        : base(shape)
    {
    }

    public abstract void OnPush();

    public abstract void OnPull();

    public virtual void OnUpstreamFinish() => CompleteStage();

    public virtual void OnUpstreamFailure(Exception e) => FailStage(e);

    public virtual void OnDownstreamFinish(Exception cause) => CancelStage(cause);
}
