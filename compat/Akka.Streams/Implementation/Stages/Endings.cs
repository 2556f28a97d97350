using Akka.Actor;
using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

internal sealed class Recover<T>(Func<Exception, Option<T>> partialFunc) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, partialFunc);

    private sealed class Logic(Recover<T> stage, Attributes attributes, Func<Exception, Option<T>> partialFunc)
        : FlowLogic<T, T>(stage, attributes)
    {
        public override void OnPush() => Push(Out, Grab(In));

        public override void OnUpstreamFailure(Exception e)
        {
            var last = partialFunc(e);
            if (last.HasValue)
                Emit(Out, last.Value, CompleteStage);
            else
                FailStage(e);
        }
    }
}

internal sealed class SelectError<T>(Func<Exception, Exception> selector) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, selector);

    private sealed class Logic(SelectError<T> stage, Attributes attributes, Func<Exception, Exception> selector)
        : FlowLogic<T, T>(stage, attributes)
    {
        public override void OnPush() => Push(Out, Grab(In));

        public override void OnUpstreamFailure(Exception e) => FailStage(selector(e));
    }
}

internal sealed class WatchTermination<T> : GraphStageWithMaterializedValue<FlowShape<T, T>, Task<Done>>
{
    private readonly Inlet<T> _in = new("watchTermination.in");
    private readonly Outlet<T> _out = new("watchTermination.out");

    public WatchTermination() => Shape = new FlowShape<T, T>(_in, _out);

    public override FlowShape<T, T> Shape { get; }

    protected override Attributes InitialAttributes => Attributes.CreateName("watchTermination");

    public override ILogicAndMaterializedValue<Task<Done>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var promise = new Promise<Done>();
        return new LogicAndMaterializedValue<Task<Done>>(new Logic(this, promise), promise.Task);
    }

    private sealed class Logic : InAndOutGraphStageLogic
    {
        private readonly WatchTermination<T> _stage;
        private readonly Promise<Done> _promise;

        public Logic(WatchTermination<T> stage, Promise<Done> promise)
            : base(stage.Shape)
        {
            _stage = stage;
            _promise = promise;
            SetHandlers(stage._in, stage._out, this);
        }

        public override void OnPush() => Push(_stage._out, Grab(_stage._in));

        public override void OnPull() => Pull(_stage._in);

        public override void OnUpstreamFinish()
        {
            _promise.TrySetResult(Done.Instance);
            CompleteStage();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            _promise.Break(e);
            FailStage(e);
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            if (cause is SubscriptionWithCancelException.NonFailureCancellation)
                _promise.TrySetResult(Done.Instance);
            else
                _promise.Break(cause);
            CancelStage(cause);
        }

        public override void PostStop() => _promise.Break(new AbruptStageTerminationException(this));
    }
}

// Fails when the actor ends.
internal sealed class Watch<T>(IActorRef target) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, target);

    private sealed class Logic(Watch<T> stage, Attributes attributes, IActorRef target)
        : FlowLogic<T, T>(stage, attributes)
    {
        public override void PreStart() => GetStageActor(args =>
        {
            if (args.Item2 is Terminated { ActorRef: var ended } && ended.Equals(target))
                FailStage(new WatchedActorTerminatedException("Watch", target));
        }).Watch(target);

        public override void OnPush() => Push(Out, Grab(In));
    }
}
