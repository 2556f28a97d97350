using System.Collections.Immutable;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class SeqSink<T> : SinkStage<T, Task<IImmutableList<T>>>
{
    public override ILogicAndMaterializedValue<Task<IImmutableList<T>>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var promise = new Promise<IImmutableList<T>>();
        return With(new Logic(this, promise), promise.Task);
    }

    private sealed class Logic(SeqSink<T> stage, Promise<IImmutableList<T>> promise)
        : SinkLogic<T, IImmutableList<T>>(stage, promise)
    {
        private readonly ImmutableList<T>.Builder _elements = ImmutableList.CreateBuilder<T>();

        public override void OnPush()
        {
            _elements.Add(Grab(In));
            Pull(In);
        }

        // Of the sinks here this one alone tells of an abrupt end, as in Akka.
        public override void PostStop() => Promise.Break(new AbruptStageTerminationException(this));

        protected override void Finish(Promise<IImmutableList<T>> promise) =>
            promise.TrySetResult(_elements.ToImmutable());
    }
}

internal sealed class IgnoreSink<T> : SinkStage<T, Task<Done>>
{
    public override ILogicAndMaterializedValue<Task<Done>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var promise = new Promise<Done>();
        return With(new Logic(this, promise), promise.Task);
    }

    private sealed class Logic(IgnoreSink<T> stage, Promise<Done> promise) : SinkLogic<T, Done>(stage, promise)
    {
        public override void OnPush()
        {
            Grab(In);
            Pull(In);
        }

        protected override void Finish(Promise<Done> promise) => promise.TrySetResult(Done.Instance);
    }
}

// The first element or the last one.
internal sealed class OneSink<T>(bool takesFirst, bool orDefault) : SinkStage<T, Task<T>>
{
    public override ILogicAndMaterializedValue<Task<T>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var promise = new Promise<T>();
        return With(new Logic(this, promise, takesFirst, orDefault), promise.Task);
    }

    private sealed class Logic(OneSink<T> stage, Promise<T> promise, bool takesFirst, bool orDefault)
        : SinkLogic<T, T>(stage, promise)
    {
        private T _last;
        private bool _hasLast;

        public override void OnPush()
        {
            _last = Grab(In);
            _hasLast = true;
            if (!takesFirst)
            {
                Pull(In);
                return;
            }

            Promise.TrySetResult(_last);
            CompleteStage();
        }

        protected override void Finish(Promise<T> promise)
        {
            if (_hasLast || orDefault)
                promise.TrySetResult(_last);
            else
                promise.Break(new NoSuchElementException($"{(takesFirst ? "First" : "Last")} of empty stream"));
        }
    }
}

internal sealed class CancelledSink<T> : SinkStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this), NotUsed.Instance);

    private sealed class Logic : GraphStageLogic
    {
        private readonly CancelledSink<T> _stage;

        public Logic(CancelledSink<T> stage)
            : base(stage.Shape)
        {
            _stage = stage;
            SetHandler(stage.In, EagerTerminateInput);
        }

        public override void PreStart() => Cancel(_stage.In);
    }
}

internal sealed class OnCompleteSink<T>(Action success, Action<Exception> failure) : SinkStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var promise = new Promise<Done>();
        return With(new Logic(this, promise, success, failure), NotUsed.Instance);
    }

    private sealed class Logic(
        OnCompleteSink<T> stage, Promise<Done> promise, Action success, Action<Exception> failure)
        : SinkLogic<T, Done>(stage, promise)
    {
        public override void OnPush()
        {
            Grab(In);
            Pull(In);
        }

        public override void OnUpstreamFailure(Exception e)
        {
            base.OnUpstreamFailure(e);
            failure(e);
        }

        public override void PostStop()
        {
            if (!Promise.Task.IsCompleted)
                failure(new AbruptStageTerminationException(this));
        }

        protected override void Finish(Promise<Done> promise)
        {
            promise.TrySetResult(Done.Instance);
            success();
        }
    }
}

// A sink that asks from the start and whose value is a promise.
internal abstract class SinkLogic<T, TResult> : InGraphStageLogic
{
    protected SinkLogic(SinkStage<T, Task<TResult>> stage, Promise<TResult> promise)
        : this(stage.Shape, stage.In, promise)
    {
    }

    protected SinkLogic(SinkStage<T, NotUsed> stage, Promise<TResult> promise)
        : this(stage.Shape, stage.In, promise)
    {
    }

    private SinkLogic(SinkShape<T> shape, Inlet<T> inlet, Promise<TResult> promise)
        : base(shape)
    {
        Promise = promise;
        In = inlet;
        SetHandler(inlet, this);
    }

    protected Inlet<T> In { get; }

    protected Promise<TResult> Promise { get; }

    public override void PreStart() => Pull(In);

    public override void OnUpstreamFinish()
    {
        Finish(Promise);
        CompleteStage();
    }

    public override void OnUpstreamFailure(Exception e)
    {
        Promise.Break(e);
        FailStage(e);
    }

    protected abstract void Finish(Promise<TResult> promise);
}
