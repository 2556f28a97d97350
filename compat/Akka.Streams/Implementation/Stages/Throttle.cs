using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

// A bucket that holds so many tokens and gets one each so often. An element takes as many as it costs.
internal sealed class Throttle<T>(int cost, TimeSpan per, int maximumBurst, Func<T, int> costOf, ThrottleMode mode)
    : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, (double)per.Ticks / cost, maximumBurst, costOf, mode);

    private sealed class Logic : TimerGraphStageLogic, IInHandler, IOutHandler
    {
        private const string Timer = "ThrottleTimer";

        private readonly Throttle<T> _stage;
        private readonly double _ticksPerToken;
        private readonly int _capacity;
        private readonly Func<T, int> _costOf;
        private readonly ThrottleMode _mode;
        private double _tokens;
        private TimeSpan _filledAt;
        private T _held;

        public Logic(Throttle<T> stage, double ticksPerToken, int capacity, Func<T, int> costOf, ThrottleMode mode)
            : base(stage.Shape)
        {
            _stage = stage;
            _ticksPerToken = ticksPerToken;
            _capacity = capacity;
            _tokens = capacity;
            _costOf = costOf;
            _mode = mode;
            SetHandler(stage.In, this);
            SetHandler(stage.Out, this);
        }

        private TimeSpan Now => MaterializerImpl.System.Scheduler.MonotonicClock;

        public override void PreStart() => _filledAt = Now;

        public void OnPush()
        {
            var element = Grab(_stage.In);
            var wait = Take(_costOf(element));
            if (wait <= TimeSpan.Zero)
            {
                Push(_stage.Out, element);
            }
            else if (_mode == ThrottleMode.Enforcing)
            {
                FailStage(new OverflowException("Maximum throttle throughput exceeded."));
            }
            else
            {
                _held = element;
                ScheduleOnce(Timer, wait);
            }
        }

        public void OnPull() => Pull(_stage.In);

        public void OnUpstreamFinish()
        {
            if (!IsTimerActive(Timer))
                CompleteStage();
        }

        public void OnUpstreamFailure(Exception e) => FailStage(e);

        public void OnDownstreamFinish(Exception cause) => CancelStage(cause);

        protected override void OnTimer(object timerKey)
        {
            Push(_stage.Out, _held);
            _held = default;
            if (IsClosed(_stage.In))
                CompleteStage();
        }

        // How long to wait until the tokens are there; they are taken at once, so that the next waits for its own.
        private TimeSpan Take(int cost)
        {
            var now = Now;
            _tokens = Math.Min(_capacity, _tokens + ((now - _filledAt).Ticks / _ticksPerToken));
            _filledAt = now;
            if (cost <= _tokens)
            {
                _tokens -= cost;
                return TimeSpan.Zero;
            }

            if (_mode == ThrottleMode.Enforcing)
                return TimeSpan.MaxValue;
            var wait = TimeSpan.FromTicks((long)Math.Ceiling((cost - _tokens) * _ticksPerToken));
            _tokens -= cost;
            return wait;
        }
    }
}
