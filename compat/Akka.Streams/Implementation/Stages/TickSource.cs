using Akka.Actor;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

// A tick that nobody asked for is dropped.
internal sealed class TickSource<T>(TimeSpan initialDelay, TimeSpan interval, T tick) : SourceStage<T, ICancelable>
{
    public override ILogicAndMaterializedValue<ICancelable> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var cancelable = new Cancelable((IActionScheduler)null);
        return With(new Logic(this, initialDelay, interval, tick, cancelable), cancelable);
    }

    private sealed class Logic : TimerGraphStageLogic
    {
        private readonly TickSource<T> _stage;
        private readonly TimeSpan _initialDelay;
        private readonly TimeSpan _interval;
        private readonly T _tick;
        private readonly Cancelable _cancelable;
        private readonly Action _onCancel;
        private CancellationTokenRegistration _registration;

        public Logic(
            TickSource<T> stage, TimeSpan initialDelay, TimeSpan interval, T tick, Cancelable cancelable)
            : base(stage.Shape)
        {
            _stage = stage;
            _initialDelay = initialDelay;
            _interval = interval;
            _tick = tick;
            _cancelable = cancelable;
            _onCancel = GetAsyncCallback(CompleteStage);
            SetHandler(stage.Out, EagerTerminateOutput);
        }

        public override void PreStart()
        {
            ScheduleRepeatedly("TickTimer", _initialDelay, _interval);
            _registration = _cancelable.Token.Register(_onCancel);
        }

        public override void PostStop() => _registration.Unregister();

        protected override void OnTimer(object timerKey)
        {
            if (IsAvailable(_stage.Out) && !_cancelable.IsCancellationRequested)
                Push(_stage.Out, _tick);
        }
    }
}
