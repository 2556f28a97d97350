using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal enum Timing
{
    // Something must come in time for the first time.
    Initial,

    // The stream must end in time.
    Completion,

    // Something must come in time, each time.
    Idle,

    // It must be asked for in time, each time that something came.
    Backpressure,
}

internal sealed class Deadline<T>(Timing timing, TimeSpan timeout) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, timing, timeout);

    private sealed class Logic : TimerGraphStageLogic, IInHandler, IOutHandler
    {
        private const string Timer = "TimeoutCheckTimer";

        private readonly Deadline<T> _stage;
        private readonly Timing _timing;
        private readonly TimeSpan _timeout;
        private TimeSpan _due;
        private bool _runs = true;

        public Logic(Deadline<T> stage, Timing timing, TimeSpan timeout)
            : base(stage.Shape)
        {
            _stage = stage;
            _timing = timing;
            _timeout = timeout;
            SetHandler(stage.In, this);
            SetHandler(stage.Out, this);
        }

        private TimeSpan Now => MaterializerImpl.System.Scheduler.MonotonicClock;

        public override void PreStart()
        {
            Renew();
            if (_timing is Timing.Initial or Timing.Completion)
                ScheduleOnce(Timer, _timeout);
            else
                ScheduleRepeatedly(Timer, DeadlineCheck.Every(_timeout));
        }

        public void OnPush()
        {
            if (_timing == Timing.Initial)
                _runs = false;
            else if (_timing is Timing.Idle or Timing.Backpressure)
                Renew();
            _runs |= _timing == Timing.Backpressure;
            Push(_stage.Out, Grab(_stage.In));
        }

        public void OnPull()
        {
            if (_timing == Timing.Backpressure)
                _runs = false;
            Pull(_stage.In);
        }

        public void OnUpstreamFinish() => CompleteStage();

        public void OnUpstreamFailure(Exception e) => FailStage(e);

        public void OnDownstreamFinish(Exception cause) => CancelStage(cause);

        protected override void OnTimer(object timerKey)
        {
            if (_runs && (_timing == Timing.Completion || _timing == Timing.Initial || Now >= _due))
                FailStage(new TimeoutException(Message()));
        }

        private void Renew() => _due = Now + _timeout;

        private string Message() => _timing switch
        {
            Timing.Initial => $"The first element has not yet passed through in {_timeout}.",
            Timing.Completion => $"The stream has not been completed in {_timeout}.",
            Timing.Idle => $"No elements passed in the last {_timeout}.",
            _ => $"No demand signalled in the last {_timeout}.",
        };
    }
}

// Puts something in when nothing came for a while and it is asked for.
internal sealed class KeepAlive<T>(TimeSpan timeout, Func<T> inject) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, timeout, inject);

    private sealed class Logic : TimerGraphStageLogic, IInHandler, IOutHandler
    {
        private const string Timer = "IdleTimer";

        private readonly KeepAlive<T> _stage;
        private readonly TimeSpan _timeout;
        private readonly Func<T> _inject;
        private bool _isDue;

        public Logic(KeepAlive<T> stage, TimeSpan timeout, Func<T> inject)
            : base(stage.Shape)
        {
            _stage = stage;
            _timeout = timeout;
            _inject = inject;
            SetHandler(stage.In, this);
            SetHandler(stage.Out, this);
        }

        // Asks one element ahead, so that what comes in is seen while nobody asks.
        public override void PreStart()
        {
            Renew();
            Pull(_stage.In);
        }

        public void OnPush()
        {
            Renew();
            if (!IsAvailable(_stage.Out))
                return;
            Push(_stage.Out, Grab(_stage.In));
            Pull(_stage.In);
        }

        public void OnPull()
        {
            if (IsAvailable(_stage.In))
            {
                Push(_stage.Out, Grab(_stage.In));
                if (IsClosed(_stage.In))
                    CompleteStage();
                else
                    Pull(_stage.In);
            }
            else if (_isDue)
            {
                Inject();
            }
        }

        public void OnUpstreamFinish()
        {
            if (!IsAvailable(_stage.In))
                CompleteStage();
        }

        public void OnUpstreamFailure(Exception e) => FailStage(e);

        public void OnDownstreamFinish(Exception cause) => CancelStage(cause);

        protected override void OnTimer(object timerKey)
        {
            _isDue = true;
            if (IsAvailable(_stage.Out) && !IsAvailable(_stage.In))
                Inject();
        }

        private void Inject()
        {
            Push(_stage.Out, _inject());
            Renew();
        }

        private void Renew()
        {
            _isDue = false;
            ScheduleOnce(Timer, _timeout);
        }
    }
}
