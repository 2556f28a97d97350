using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class Take<T>(long count) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, count);

    private sealed class Logic(Take<T> stage, Attributes attributes, long left) : FlowLogic<T, T>(stage, attributes)
    {
        private long _left = left;

        public override void PreStart()
        {
            if (_left <= 0)
                CompleteStage();
        }

        public override void OnPush()
        {
            Push(Out, Grab(In));
            if (--_left == 0)
                CompleteStage();
        }
    }
}

internal sealed class TakeWhile<T>(Predicate<T> predicate, bool inclusive) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, predicate, inclusive);

    private sealed class Logic(TakeWhile<T> stage, Attributes attributes, Predicate<T> predicate, bool inclusive)
        : FlowLogic<T, T>(stage, attributes)
    {
        public override void OnPush()
        {
            try
            {
                var element = Grab(In);
                var goesOn = predicate(element);
                if (goesOn || inclusive)
                    Push(Out, element);
                if (!goesOn)
                    CompleteStage();
            }
            catch (Exception cause)
            {
                if (Survives(cause))
                    PullIfOpen();
            }
        }
    }
}

internal sealed class Skip<T>(long count) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, count);

    private sealed class Logic(Skip<T> stage, Attributes attributes, long left) : FlowLogic<T, T>(stage, attributes)
    {
        private long _left = left;

        public override void OnPush()
        {
            if (_left > 0)
            {
                _left--;
                Pull(In);
            }
            else
            {
                Push(Out, Grab(In));
            }
        }
    }
}

internal sealed class SkipWhile<T>(Predicate<T> predicate) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, predicate);

    private sealed class Logic(SkipWhile<T> stage, Attributes attributes, Predicate<T> predicate)
        : FlowLogic<T, T>(stage, attributes)
    {
        private bool _skips = true;

        public override void OnPush()
        {
            try
            {
                var element = Grab(In);
                _skips = _skips && predicate(element);
                if (_skips)
                    Pull(In);
                else
                    Push(Out, element);
            }
            catch (Exception cause)
            {
                if (Survives(cause))
                    PullIfOpen();
            }
        }
    }
}

internal sealed class Limit<T>(long max, Func<T, long> cost) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, max, cost);

    private sealed class Logic(Limit<T> stage, Attributes attributes, long max, Func<T, long> cost)
        : FlowLogic<T, T>(stage, attributes)
    {
        private long _left;

        public override void PreStart() => Forget();

        public override void OnPush()
        {
            try
            {
                var element = Grab(In);
                _left -= cost(element);
                if (_left < 0)
                    FailStage(new StreamLimitReachedException(max));
                else
                    Push(Out, element);
            }
            catch (Exception cause)
            {
                if (Survives(cause))
                    PullIfOpen();
            }
        }

        protected override void Forget() => _left = max;
    }
}

internal sealed class Grouped<T>(int count) : FlowStage<T, IEnumerable<T>>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, count);

    private sealed class Logic(Grouped<T> stage, Attributes attributes, int count)
        : FlowLogic<T, IEnumerable<T>>(stage, attributes)
    {
        private List<T> _group = [];

        public override void OnPush()
        {
            _group.Add(Grab(In));
            if (_group.Count == count)
                PushGroup();
            else
                Pull(In);
        }

        // The last one, smaller, waits for nobody but the demand that brought its elements.
        public override void OnUpstreamFinish()
        {
            if (_group.Count > 0)
                PushGroup();
            CompleteStage();
        }

        private void PushGroup()
        {
            var group = _group;
            _group = [];
            Push(Out, group);
        }
    }
}

internal sealed class GroupedWithin<T>(int count, TimeSpan interval) : FlowStage<T, IEnumerable<T>>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, count, interval);

    // A group closes when it is full, or when its time is up and something is in it.
    private sealed class Logic : TimerGraphStageLogic, IInHandler, IOutHandler
    {
        private const string Tick = "GroupedWithinTimer";

        private readonly GroupedWithin<T> _stage;
        private readonly int _count;
        private readonly TimeSpan _interval;
        private List<T> _group = [];
        private bool _isClosed;

        public Logic(GroupedWithin<T> stage, int count, TimeSpan interval)
            : base(stage.Shape)
        {
            _stage = stage;
            _count = count;
            _interval = interval;
            SetHandler(stage.In, this);
            SetHandler(stage.Out, this);
        }

        public override void PreStart()
        {
            ScheduleRepeatedly(Tick, _interval);
            Pull(_stage.In);
        }

        public void OnPush()
        {
            _group.Add(Grab(_stage.In));
            if (_group.Count < _count)
            {
                Pull(_stage.In);
                return;
            }

            ScheduleRepeatedly(Tick, _interval);
            Close();
        }

        public void OnPull()
        {
            if (_isClosed)
                PushGroup();
        }

        public void OnUpstreamFinish()
        {
            if (_group.Count == 0)
                CompleteStage();
            else
                Close();
        }

        public void OnUpstreamFailure(Exception e) => FailStage(e);

        public void OnDownstreamFinish(Exception cause) => CancelStage(cause);

        protected override void OnTimer(object timerKey)
        {
            if (_group.Count > 0)
                Close();
        }

        private void Close()
        {
            _isClosed = true;
            if (IsAvailable(_stage.Out))
                PushGroup();
        }

        private void PushGroup()
        {
            var group = _group;
            _group = [];
            _isClosed = false;
            Push(_stage.Out, group);
            if (IsClosed(_stage.In))
                CompleteStage();
            else if (!HasBeenPulled(_stage.In))
                Pull(_stage.In);
        }
    }
}
