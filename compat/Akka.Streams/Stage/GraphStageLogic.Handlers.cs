namespace Akka.Streams.Stage;

public abstract partial class GraphStageLogic
{
    protected void SetHandler<T>(Inlet<T> inlet, IInHandler handler) => InHandlers[IndexOf(inlet)] = handler;

    protected void SetHandler<T>(
        Inlet<T> inlet, Action onPush, Action onUpstreamFinish = null, Action<Exception> onUpstreamFailure = null)
    {
        ArgumentNullException.ThrowIfNull(onPush);
        SetHandler(inlet, new InActions(this, onPush, onUpstreamFinish, onUpstreamFailure));
    }

    protected void SetHandler<T>(Outlet<T> outlet, IOutHandler handler) => OutHandlers[IndexOf(outlet)] = handler;

    protected void SetHandler<T>(Outlet<T> outlet, Action onPull, Action<Exception> onDownstreamFinish = null)
    {
        ArgumentNullException.ThrowIfNull(onPull);
        SetHandler(outlet, new OutActions(this, onPull, onDownstreamFinish));
    }

    protected void SetHandlers<TIn, TOut>(Inlet<TIn> inlet, Outlet<TOut> outlet, InAndOutGraphStageLogic handler)
    {
        SetHandler(inlet, handler);
        SetHandler(outlet, handler);
    }

    protected IInHandler GetHandler<T>(Inlet<T> inlet) => InHandlers[IndexOf(inlet)];

    protected IOutHandler GetHandler<T>(Outlet<T> outlet) => OutHandlers[IndexOf(outlet)];

    private sealed class InActions(
        GraphStageLogic logic, Action onPush, Action onFinish, Action<Exception> onFailure) : IInHandler
    {
        private readonly Action _onFinish = onFinish ?? logic.CompleteStage;
        private readonly Action<Exception> _onFailure = onFailure ?? logic.FailStage;

        public void OnPush() => onPush();

        public void OnUpstreamFinish() => _onFinish();

        public void OnUpstreamFailure(Exception e) => _onFailure(e);
    }

    private sealed class OutActions(GraphStageLogic logic, Action onPull, Action<Exception> onFinish) : IOutHandler
    {
        private readonly Action<Exception> _onFinish = onFinish ?? logic.CancelStage;

        public void OnPull() => onPull();

        public void OnDownstreamFinish(Exception cause) => _onFinish(cause);
    }
}
