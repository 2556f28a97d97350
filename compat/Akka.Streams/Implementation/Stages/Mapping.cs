using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class Select<TIn, TOut>(Func<TIn, TOut> mapper) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, mapper);

    private sealed class Logic(Select<TIn, TOut> stage, Attributes attributes, Func<TIn, TOut> mapper)
        : FlowLogic<TIn, TOut>(stage, attributes)
    {
        public override void OnPush()
        {
            try
            {
                Push(Out, mapper(Grab(In)));
            }
            catch (Exception cause)
            {
                if (Survives(cause))
                    PullIfOpen();
            }
        }
    }
}

internal sealed class Where<T>(Predicate<T> predicate) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, predicate);

    private sealed class Logic(Where<T> stage, Attributes attributes, Predicate<T> predicate)
        : FlowLogic<T, T>(stage, attributes)
    {
        public override void OnPush()
        {
            try
            {
                var element = Grab(In);
                if (predicate(element))
                    Push(Out, element);
                else
                    Pull(In);
            }
            catch (Exception cause)
            {
                if (Survives(cause))
                    PullIfOpen();
            }
        }
    }
}

internal sealed class Collect<TIn, TOut>(Func<TIn, bool> isDefined, Func<TIn, TOut> collector) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, isDefined, collector);

    private sealed class Logic(
        Collect<TIn, TOut> stage, Attributes attributes, Func<TIn, bool> isDefined, Func<TIn, TOut> collector)
        : FlowLogic<TIn, TOut>(stage, attributes)
    {
        public override void OnPush()
        {
            try
            {
                var element = Grab(In);
                if (isDefined(element))
                    Push(Out, collector(element));
                else
                    Pull(In);
            }
            catch (Exception cause)
            {
                if (Survives(cause))
                    PullIfOpen();
            }
        }
    }
}

internal sealed class SelectMany<TIn, TOut>(Func<Func<TIn, IEnumerable<TOut>>> factory) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, factory);

    private sealed class Logic(
        SelectMany<TIn, TOut> stage, Attributes attributes, Func<Func<TIn, IEnumerable<TOut>>> factory)
        : FlowLogic<TIn, TOut>(stage, attributes)
    {
        private Func<TIn, IEnumerable<TOut>> _mapper = factory();
        private IEnumerator<TOut> _current;

        public override void OnPush()
        {
            try
            {
                var elements = _mapper(Grab(In)).GetEnumerator();
                _current = elements.MoveNext() ? elements : null;
                PushNext();
            }
            catch (Exception cause)
            {
                Drop(cause);
            }
        }

        public override void OnPull()
        {
            try
            {
                PushNext();
            }
            catch (Exception cause)
            {
                Drop(cause);
            }
        }

        public override void OnUpstreamFinish()
        {
            if (_current == null)
                CompleteStage();
        }

        protected override void Forget() => _mapper = factory();

        // The enumerator stands at the element that is next.
        private void PushNext()
        {
            if (_current != null)
            {
                Push(Out, _current.Current);
                if (!_current.MoveNext())
                    _current = null;
                if (_current == null && IsClosed(In))
                    CompleteStage();
            }
            else if (IsClosed(In))
            {
                CompleteStage();
            }
            else
            {
                Pull(In);
            }
        }

        private void Drop(Exception cause)
        {
            _current = null;
            if (!Survives(cause))
                return;
            if (IsClosed(In))
                CompleteStage();
            else
                PullIfOpen();
        }
    }
}

internal sealed class Scan<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> aggregate) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, zero, aggregate);

    // The zero goes out first, also where nothing comes in.
    private sealed class Logic : FlowLogic<TIn, TOut>
    {
        private readonly TOut _zero;
        private readonly Func<TOut, TIn, TOut> _aggregate;
        private TOut _state;
        private bool _zeroIsDue = true;

        public Logic(Scan<TIn, TOut> stage, Attributes attributes, TOut zero, Func<TOut, TIn, TOut> aggregate)
            : base(stage, attributes)
        {
            _zero = zero;
            _state = zero;
            _aggregate = aggregate;
        }

        public override void OnPull()
        {
            if (!_zeroIsDue)
            {
                Pull(In);
                return;
            }

            _zeroIsDue = false;
            Push(Out, _state);
            if (IsClosed(In))
                CompleteStage();
        }

        public override void OnPush()
        {
            try
            {
                _state = _aggregate(_state, Grab(In));
                Push(Out, _state);
            }
            catch (Exception cause)
            {
                if (Survives(cause) && IsAvailable(Out))
                    PullIfOpen();
            }
        }

        public override void OnUpstreamFinish()
        {
            if (!_zeroIsDue)
                CompleteStage();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            if (_zeroIsDue)
                Emit(Out, _state, () => FailStage(e));
            else
                FailStage(e);
        }

        // Begins again with the zero.
        protected override void Forget()
        {
            _state = _zero;
            Push(Out, _zero);
        }
    }
}

internal sealed class Aggregate<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> aggregate) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, zero, aggregate);

    private sealed class Logic(
        Aggregate<TIn, TOut> stage, Attributes attributes, TOut zero, Func<TOut, TIn, TOut> aggregate)
        : FlowLogic<TIn, TOut>(stage, attributes)
    {
        private TOut _state;

        public override void PreStart() => Forget();

        public override void OnPush()
        {
            try
            {
                _state = aggregate(_state, Grab(In));
            }
            catch (Exception cause)
            {
                if (!Survives(cause))
                    return;
            }

            PullIfOpen();
        }

        public override void OnUpstreamFinish()
        {
            if (IsAvailable(Out))
            {
                Push(Out, _state);
                CompleteStage();
            }
            else
            {
                SetHandler(Out, () =>
                {
                    Push(Out, _state);
                    CompleteStage();
                });
            }
        }

        protected override void Forget() => _state = zero;
    }
}
