namespace Akka.Streams.Stage;

public abstract partial class GraphStageLogic
{
    protected void Emit<T>(Outlet<T> outlet, T element) => Emit(outlet, element, DoNothing);

    protected void Emit<T>(Outlet<T> outlet, T element, Action andThen)
    {
        if (IsAvailable(outlet))
        {
            Push(outlet, element);
            andThen();
        }
        else
        {
            EmissionAt(outlet).Add(new One<T>(element, andThen));
        }
    }

    protected void EmitMultiple<T>(Outlet<T> outlet, IEnumerable<T> elements) =>
        EmitMultiple(outlet, elements, DoNothing);

    protected void EmitMultiple<T>(Outlet<T> outlet, IEnumerable<T> elements, Action andThen) =>
        EmitMultiple(outlet, elements.GetEnumerator(), andThen);

    protected void EmitMultiple<T>(Outlet<T> outlet, IEnumerator<T> enumerator) =>
        EmitMultiple(outlet, enumerator, DoNothing);

    protected void EmitMultiple<T>(Outlet<T> outlet, IEnumerator<T> enumerator, Action andThen)
    {
        if (!enumerator.MoveNext())
        {
            andThen();
            return;
        }

        var element = enumerator.Current;
        var hasMore = enumerator.MoveNext();
        if (!hasMore)
            Emit(outlet, element, andThen);
        else if (IsAvailable(outlet))
        {
            Push(outlet, element);
            EmissionAt(outlet).Add(new Many<T>(enumerator, andThen));
        }
        else
        {
            var emission = EmissionAt(outlet);
            emission.Add(new One<T>(element, DoNothing));
            emission.Add(new Many<T>(enumerator, andThen));
        }
    }

    protected void AbortEmitting<T>(Outlet<T> outlet)
    {
        if (OutHandlers[IndexOf(outlet)] is Emission emission)
            OutHandlers[IndexOf(outlet)] = emission.Before;
    }

    private Emission<T> EmissionAt<T>(Outlet<T> outlet)
    {
        var index = IndexOf(outlet);
        if (OutHandlers[index] is Emission<T> running)
            return running;
        var emission = new Emission<T>(this, outlet, OutHandlers[index]);
        OutHandlers[index] = emission;
        return emission;
    }

    // Stands in for the handler of an out port while elements wait for it to be pulled.
    private abstract class Emission(IOutHandler before) : IOutHandler
    {
        public IOutHandler Before => before;

        public abstract void OnPull();

        public abstract void ThenComplete();

        public void OnDownstreamFinish(Exception cause) => before.OnDownstreamFinish(cause);
    }

    private sealed class Emission<T>(GraphStageLogic logic, Outlet<T> outlet, IOutHandler before) : Emission(before)
    {
        private readonly LinkedList<Step<T>> _steps = new();
        private bool _completes;

        public void Add(Step<T> step) => _steps.AddLast(step);

        public override void ThenComplete() => _completes = true;

        // What the end of a step emits goes before the steps that wait.
        public override void OnPull()
        {
            var step = _steps.First.Value;
            logic.Push(outlet, step.Take());
            if (step.HasMore)
                return;
            _steps.RemoveFirst();
            logic.SetHandler(outlet, Before);
            step.AndThen();
            if (_steps.Count > 0)
            {
                var next = logic.EmissionAt(outlet);
                foreach (var waiting in _steps)
                    next.Add(waiting);
            }

            if (_completes)
                logic.Complete(outlet);
        }
    }

    private abstract class Step<T>(Action andThen)
    {
        public Action AndThen => andThen;

        public abstract bool HasMore { get; }

        public abstract T Take();
    }

    private sealed class One<T>(T element, Action andThen) : Step<T>(andThen)
    {
        public override bool HasMore => false;

        public override T Take() => element;
    }

    // Its enumerator stands at the next element.
    private sealed class Many<T>(IEnumerator<T> elements, Action andThen) : Step<T>(andThen)
    {
        private bool _hasMore = true;

        public override bool HasMore => _hasMore;

        public override T Take()
        {
            var element = elements.Current;
            _hasMore = elements.MoveNext();
            return element;
        }
    }
}
