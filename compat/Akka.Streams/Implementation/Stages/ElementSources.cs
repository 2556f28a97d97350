using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

internal sealed class Elements<T>(Func<IEnumerator<T>> factory) : SourceStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this, inheritedAttributes, factory), NotUsed.Instance);

    private sealed class Logic : OutGraphStageLogic
    {
        private readonly Elements<T> _stage;
        private readonly Func<IEnumerator<T>> _factory;
        private readonly Supervision.Decider _decider;
        private IEnumerator<T> _elements;

        public Logic(Elements<T> stage, Attributes attributes, Func<IEnumerator<T>> factory)
            : base(stage.Shape)
        {
            _stage = stage;
            _factory = factory;
            _decider = Decide.By(attributes);
            SetHandler(stage.Out, this);
        }

        // Known to be empty, the stream ends without waiting for demand.
        public override void PreStart()
        {
            _elements = _factory();
            if (!_elements.MoveNext())
                CompleteStage();
        }

        public override void OnPull()
        {
            Push(_stage.Out, _elements.Current);
            while (true)
            {
                try
                {
                    if (!_elements.MoveNext())
                        CompleteStage();
                    return;
                }
                catch (Exception cause)
                {
                    switch (_decider(cause))
                    {
                        case Supervision.Directive.Stop:
                            FailStage(cause);
                            return;
                        case Supervision.Directive.Restart:
                            _elements = _factory();
                            break;
                    }
                }
            }
        }

        public override void PostStop() => _elements?.Dispose();
    }
}

internal sealed class SingleSource<T>(T element) : SourceStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this, element), NotUsed.Instance);

    private sealed class Logic : GraphStageLogic
    {
        public Logic(SingleSource<T> stage, T element)
            : base(stage.Shape) => SetHandler(stage.Out, () =>
        {
            Push(stage.Out, element);
            CompleteStage();
        });
    }
}

internal sealed class EmptySource<T> : SourceStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this), NotUsed.Instance);

    private sealed class Logic : GraphStageLogic
    {
        public Logic(EmptySource<T> stage)
            : base(stage.Shape) => SetHandler(stage.Out, EagerTerminateOutput);

        public override void PreStart() => CompleteStage();
    }
}

internal sealed class FailedSource<T>(Exception cause) : SourceStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this, cause), NotUsed.Instance);

    // The failure comes from outside, as it were: what the others do when they start goes before it.
    private sealed class Logic : GraphStageLogic
    {
        private readonly Exception _cause;
        private readonly Action<Exception> _fail;

        public Logic(FailedSource<T> stage, Exception cause)
            : base(stage.Shape)
        {
            _cause = cause;
            _fail = GetAsyncCallback<Exception>(FailStage);
            SetHandler(stage.Out, EagerTerminateOutput);
        }

        public override void PreStart() => _fail(_cause);
    }
}

internal sealed class NeverSource<T> : SourceStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this), NotUsed.Instance);

    private sealed class Logic : GraphStageLogic
    {
        public Logic(NeverSource<T> stage)
            : base(stage.Shape) => SetHandler(stage.Out, EagerTerminateOutput);
    }
}

internal sealed class Unfold<TState, T>(TState zero, Func<TState, Option<(TState, T)>> unfold)
    : SourceStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this, zero, unfold), NotUsed.Instance);

    private sealed class Logic : GraphStageLogic
    {
        public Logic(Unfold<TState, T> stage, TState zero, Func<TState, Option<(TState, T)>> unfold)
            : base(stage.Shape)
        {
            var state = zero;
            SetHandler(stage.Out, () =>
            {
                var next = unfold(state);
                if (!next.HasValue)
                {
                    CompleteStage();
                    return;
                }

                state = next.Value.Item1;
                Push(stage.Out, next.Value.Item2);
            });
        }
    }
}
