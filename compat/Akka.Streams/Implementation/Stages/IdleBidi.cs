using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class IdleBidi<TIn, TOut>(TimeSpan timeout) : GraphStage<BidiShape<TIn, TIn, TOut, TOut>>
{
    public override BidiShape<TIn, TIn, TOut, TOut> Shape { get; } = new(
        new Inlet<TIn>("idleTimeoutBidi.in1"),
        new Outlet<TIn>("idleTimeoutBidi.out1"),
        new Inlet<TOut>("idleTimeoutBidi.in2"),
        new Outlet<TOut>("idleTimeoutBidi.out2"));

    protected override Attributes InitialAttributes => Attributes.CreateName("idleTimeoutBidi");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, timeout);

    private sealed class Logic : TimerGraphStageLogic
    {
        private readonly TimeSpan _timeout;
        private TimeSpan _due;

        public Logic(BidiShape<TIn, TIn, TOut, TOut> shape, TimeSpan timeout)
            : base(shape)
        {
            _timeout = timeout;
            Connect(shape.Inlet1, shape.Outlet1);
            Connect(shape.Inlet2, shape.Outlet2);
        }

        private TimeSpan Now => MaterializerImpl.System.Scheduler.MonotonicClock;

        public override void PreStart()
        {
            _due = Now + _timeout;
            ScheduleRepeatedly("TimeoutCheckTimer", DeadlineCheck.Every(_timeout));
        }

        protected override void OnTimer(object timerKey)
        {
            if (Now >= _due)
                FailStage(new TimeoutException($"No elements passed in the last {_timeout}."));
        }

        private void Connect<T>(Inlet<T> inlet, Outlet<T> outlet)
        {
            SetHandler(
                inlet,
                () =>
                {
                    _due = Now + _timeout;
                    Push(outlet, Grab(inlet));
                },
                () => Complete(outlet));
            SetHandler(outlet, () => Pull(inlet), cause => Cancel(inlet, cause));
        }
    }
}
