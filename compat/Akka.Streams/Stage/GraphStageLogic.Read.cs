namespace Akka.Streams.Stage;

public abstract partial class GraphStageLogic
{
    protected void Read<T>(Inlet<T> inlet, Action<T> andThen, Action onClose)
    {
        if (IsAvailable(inlet))
            andThen(Grab(inlet));
        else if (IsClosed(inlet))
            onClose();
        else
            StartReading(inlet, 1, [], elements => andThen(elements[0]), _ => onClose());
    }

    protected void ReadMany<T>(
        Inlet<T> inlet, int n, Action<IEnumerable<T>> andThen, Action<IEnumerable<T>> onComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (n == 0)
        {
            andThen(null);
            return;
        }

        List<T> elements = [];
        if (IsAvailable(inlet))
            elements.Add(Grab(inlet));
        if (elements.Count == n)
            andThen(elements);
        else if (IsClosed(inlet))
            onComplete(elements);
        else
            StartReading(inlet, n, elements, andThen, onComplete);
    }

    protected void AbortReading<T>(Inlet<T> inlet)
    {
        if (GetHandler(inlet) is Reading<T> reading)
            SetHandler(inlet, reading.Before);
    }

    // From now on whatever comes in is emitted.
    protected void PassAlong<TOut, TIn>(
        Inlet<TIn> from, Outlet<TOut> to, bool doFinish = true, bool doFail = true, bool doPull = false)
        where TIn : TOut
    {
        void Pass() => Emit<TOut>(to, Grab(from), () => TryPull(from));

        if (IsAvailable(from))
            Pass();
        if (doFinish && IsClosed(from))
        {
            CompleteStage();
            return;
        }

        SetHandler(from, Pass, doFinish ? CompleteStage : DoNothing, doFail ? FailStage : _ => { });
        if (doPull)
            TryPull(from);
    }

    private void StartReading<T>(
        Inlet<T> inlet, int n, List<T> elements, Action<List<T>> andThen, Action<List<T>> onClose)
    {
        if (GetHandler(inlet) is Reading<T>)
            throw new Pattern.IllegalStateException($"Already reading on inlet {inlet}");
        SetHandler(inlet, new Reading<T>(this, inlet, GetHandler(inlet), n, elements, andThen, onClose));
        if (!HasBeenPulled(inlet))
            Pull(inlet);
    }

    // Stands in for the handler of an in port until enough elements came.
    private sealed class Reading<T>(
        GraphStageLogic logic,
        Inlet<T> inlet,
        IInHandler before,
        int n,
        List<T> elements,
        Action<List<T>> andThen,
        Action<List<T>> onClose) : IInHandler
    {
        public IInHandler Before => before;

        public void OnPush()
        {
            elements.Add(logic.Grab(inlet));
            if (elements.Count < n)
            {
                logic.Pull(inlet);
                return;
            }

            logic.SetHandler(inlet, before);
            andThen(elements);
        }

        public void OnUpstreamFinish()
        {
            logic.SetHandler(inlet, before);
            onClose(elements);
            before.OnUpstreamFinish();
        }

        public void OnUpstreamFailure(Exception e)
        {
            logic.SetHandler(inlet, before);
            before.OnUpstreamFailure(e);
        }
    }
}
