using Akka.Streams.Implementation.Stages;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

// Where a stage takes up a stream that it materializes itself, an element at a time. The signals are callbacks of that
// stage; it asks for the next element and cancels by those of this one.
internal sealed class SubSink<T>(Action<(SubSink<T>, T)> onElement, Action<(SubSink<T>, Exception)> onEnd)
    : SinkStage<T, NotUsed>
{
    private Logic _logic;

    public void Pull() => _logic.OnPull();

    public void Cancel(Exception cause) => _logic.OnCancel(cause);

    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(_logic = new Logic(this, onElement, onEnd), NotUsed.Instance);

    private sealed class Logic : InGraphStageLogic
    {
        private readonly SubSink<T> _stage;
        private readonly Action<(SubSink<T>, T)> _onElement;
        private readonly Action<(SubSink<T>, Exception)> _onEnd;

        public Logic(SubSink<T> stage, Action<(SubSink<T>, T)> onElement, Action<(SubSink<T>, Exception)> onEnd)
            : base(stage.Shape)
        {
            _stage = stage;
            _onElement = onElement;
            _onEnd = onEnd;
            OnPull = GetEarlyCallback(() => TryPull(stage.In));
            OnCancel = GetEarlyCallback<Exception>(CancelStage);
            SetHandler(stage.In, this);
        }

        public Action OnPull { get; }

        public Action<Exception> OnCancel { get; }

        public override void OnPush() => _onElement((_stage, Grab(_stage.In)));

        public override void OnUpstreamFinish()
        {
            _onEnd((_stage, null));
            CompleteStage();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            _onEnd((_stage, e));
            FailStage(e);
        }
    }
}
