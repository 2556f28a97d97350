using Akka.Actor;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

// Tells each element at once: who gets them has no means to slow the stream down.
internal sealed class ActorRefSink<T>(IActorRef target, object onComplete, Func<Exception, object> onFailure)
    : SinkStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this, target, onComplete, onFailure), NotUsed.Instance);

    private sealed class Logic : ActorSinkLogic<T>
    {
        public Logic(ActorRefSink<T> stage, IActorRef target, object onComplete, Func<Exception, object> onFailure)
            : base(stage, target, onComplete, onFailure)
        {
        }

        public override void PreStart()
        {
            WatchTarget(_ => { });
            Pull(In);
        }

        public override void OnPush()
        {
            Target.Tell(Grab(In), ActorRefs.NoSender);
            Pull(In);
        }

        public override void OnUpstreamFinish() => End();
    }
}

// The target is asked for leave before each element, and gives it by an acknowledgement.
internal sealed class AckedActorRefSink<T>(
    IActorRef target, object onInit, object ack, object onComplete, Func<Exception, object> onFailure)
    : SinkStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) =>
        With(new Logic(this, target, onInit, ack, onComplete, onFailure, inheritedAttributes), NotUsed.Instance);

    private sealed class Logic(
        AckedActorRefSink<T> stage,
        IActorRef target,
        object onInit,
        object ack,
        object onComplete,
        Func<Exception, object> onFailure,
        Attributes attributes) : ActorSinkLogic<T>(stage, target, onComplete, onFailure)
    {
        private readonly int _size = attributes.GetAttribute<Attributes.InputBuffer>().Max;
        private readonly Queue<T> _buffer = new();
        private bool _mayTell;

        public override void PreStart()
        {
            SetKeepGoing(true);
            WatchTarget(Received);
            Target.Tell(onInit, StageActor.Ref);
            Pull(In);
        }

        public override void OnPush()
        {
            _buffer.Enqueue(Grab(In));
            TellNext();
            if (_buffer.Count < _size)
                Pull(In);
        }

        // The last element need not be acknowledged.
        public override void OnUpstreamFinish()
        {
            if (_buffer.Count == 0)
                End();
        }

        private void Received(object message)
        {
            if (!Equals(message, ack))
                return;
            _mayTell = true;
            TellNext();
            if (_buffer.Count == 0 && IsClosed(In))
                End();
            else if (_buffer.Count < _size && !HasBeenPulled(In))
                TryPull(In);
        }

        private void TellNext()
        {
            if (!_mayTell || !_buffer.TryDequeue(out var element))
                return;
            _mayTell = false;
            Target.Tell(element, StageActor.Ref);
        }
    }
}

internal abstract class ActorSinkLogic<T> : InGraphStageLogic
{
    private readonly object _onComplete;
    private readonly Func<Exception, object> _onFailure;
    private bool _targetWasTold;

    protected ActorSinkLogic(
        SinkStage<T, NotUsed> stage, IActorRef target, object onComplete, Func<Exception, object> onFailure)
        : base(stage.Shape)
    {
        In = stage.In;
        Target = target;
        _onComplete = onComplete;
        _onFailure = onFailure;
        SetHandler(stage.In, this);
    }

    protected Inlet<T> In { get; }

    protected IActorRef Target { get; }

    public override void OnUpstreamFailure(Exception e)
    {
        TellTheEnd(_onFailure(e));
        FailStage(e);
    }

    public override void PostStop()
    {
        if (!_targetWasTold)
            TellTheEnd(_onFailure(new AbruptStageTerminationException(this)));
    }

    protected void End()
    {
        TellTheEnd(_onComplete);
        CompleteStage();
    }

    // Without a target there is nobody to send to.
    protected void WatchTarget(Action<object> received) => GetStageActor(args =>
    {
        if (args.Item2 is Terminated)
        {
            _targetWasTold = true;
            CompleteStage();
        }
        else
        {
            received(args.Item2);
        }
    }).Watch(Target);

    private void TellTheEnd(object message)
    {
        _targetWasTold = true;
        Target.Tell(message, ActorRefs.NoSender);
    }
}
