using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class Merge<TIn, TOut>(int inputs, bool eagerComplete) : GraphStage<UniformFanInShape<TIn, TOut>>
    where TIn : TOut
{
    public override UniformFanInShape<TIn, TOut> Shape { get; } = new(inputs, "merge");

    protected override Attributes InitialAttributes => Attributes.CreateName("merge");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, eagerComplete);

    // What came while nobody asked goes out in the order in which it came.
    private sealed class Logic : GraphStageLogic
    {
        private readonly UniformFanInShape<TIn, TOut> _shape;
        private readonly Queue<Inlet<TIn>> _waiting = new();
        private int _running;

        public Logic(UniformFanInShape<TIn, TOut> shape, bool eagerComplete)
            : base(shape)
        {
            _shape = shape;
            _running = shape.Ins.Count;
            foreach (var inlet in shape.Ins)
                SetHandler(inlet, () => Pushed(inlet), () => Finished(eagerComplete));
            SetHandler(shape.Out, () =>
            {
                if (_waiting.TryDequeue(out var inlet))
                    Pass(inlet);
            });
        }

        public override void PreStart()
        {
            foreach (var inlet in _shape.Ins)
                TryPull(inlet);
        }

        private void Pushed(Inlet<TIn> inlet)
        {
            if (IsAvailable(_shape.Out))
                Pass(inlet);
            else
                _waiting.Enqueue(inlet);
        }

        private void Pass(Inlet<TIn> inlet)
        {
            Push(_shape.Out, Grab(inlet));
            if (_running == 0 && _waiting.Count == 0)
                CompleteStage();
            else
                TryPull(inlet);
        }

        private void Finished(bool eagerly)
        {
            _running--;
            if (eagerly)
            {
                foreach (var inlet in _shape.Ins)
                    Cancel(inlet);
                _running = 0;
            }

            if (_running == 0 && !_waiting.Any(IsAvailable))
                CompleteStage();
        }
    }
}

// The second begins when the first has ended.
internal sealed class Concat<TIn, TOut>() : GraphStage<UniformFanInShape<TIn, TOut>>
    where TIn : TOut
{
    public override UniformFanInShape<TIn, TOut> Shape { get; } = new(2, "concat");

    protected override Attributes InitialAttributes => Attributes.CreateName("concat");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

    private sealed class Logic : GraphStageLogic
    {
        private readonly UniformFanInShape<TIn, TOut> _shape;
        private int _current;

        public Logic(UniformFanInShape<TIn, TOut> shape)
            : base(shape)
        {
            _shape = shape;
            for (var i = 0; i < shape.Ins.Count; i++)
            {
                var number = i;
                SetHandler(shape.In(i), () => Push(shape.Out, Grab(shape.In(number))), () => Finished(number));
            }

            SetHandler(shape.Out, () => Pull(shape.In(_current)));
        }

        // One may have ended before it was its turn.
        private void Finished(int number)
        {
            if (number != _current)
                return;
            do
                _current++;
            while (_current < _shape.Ins.Count && IsClosed(_shape.In(_current)));
            if (_current == _shape.Ins.Count)
                CompleteStage();
            else if (IsAvailable(_shape.Out))
                Pull(_shape.In(_current));
        }
    }
}

internal sealed class PairShape<T0, T1, TOut> : FanInShape<TOut>
{
    public PairShape(IInit init)
        : base(init)
    {
        In0 = NewInlet<T0>("in0");
        In1 = NewInlet<T1>("in1");
    }

    public Inlet<T0> In0 { get; }

    public Inlet<T1> In1 { get; }

    protected override FanInShape<TOut> Construct(IInit init) => new PairShape<T0, T1, TOut>(init);
}

internal sealed class ZipWith<T0, T1, TOut>(Func<T0, T1, TOut> zipper) : GraphStage<PairShape<T0, T1, TOut>>
{
    public override PairShape<T0, T1, TOut> Shape { get; } = new(new FanInShape<TOut>.InitName("zipWith"));

    protected override Attributes InitialAttributes => Attributes.CreateName("zipWith");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, zipper);

    private sealed class Logic : GraphStageLogic
    {
        private readonly PairShape<T0, T1, TOut> _shape;
        private readonly Func<T0, T1, TOut> _zipper;

        public Logic(PairShape<T0, T1, TOut> shape, Func<T0, T1, TOut> zipper)
            : base(shape)
        {
            _shape = shape;
            _zipper = zipper;
            SetHandler(shape.In0, PushIfBoth, () => Finished(shape.In0));
            SetHandler(shape.In1, PushIfBoth, () => Finished(shape.In1));
            SetHandler(shape.Out, PushIfBoth);
        }

        // Asks each ahead, as it would be asked by a consumer of its own.
        public override void PreStart()
        {
            Pull(_shape.In0);
            Pull(_shape.In1);
        }

        private void PushIfBoth()
        {
            if (!IsAvailable(_shape.Out) || !IsAvailable(_shape.In0) || !IsAvailable(_shape.In1))
                return;
            Push(_shape.Out, _zipper(Grab(_shape.In0), Grab(_shape.In1)));
            if (IsClosed(_shape.In0) || IsClosed(_shape.In1))
            {
                CompleteStage();
                return;
            }

            Pull(_shape.In0);
            Pull(_shape.In1);
        }

        private void Finished<T>(Inlet<T> inlet)
        {
            if (!IsAvailable(inlet))
                CompleteStage();
        }
    }
}

// Each element goes to all that have not cancelled, as soon as all of them ask.
internal sealed class Broadcast<T>(int outputs) : GraphStage<UniformFanOutShape<T, T>>
{
    public override UniformFanOutShape<T, T> Shape { get; } = new(outputs, "broadcast");

    protected override Attributes InitialAttributes => Attributes.CreateName("broadcast");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

    private sealed class Logic : GraphStageLogic
    {
        private readonly UniformFanOutShape<T, T> _shape;
        private readonly List<Outlet<T>> _open;

        public Logic(UniformFanOutShape<T, T> shape)
            : base(shape)
        {
            _shape = shape;
            _open = [.. shape.Outs];
            SetHandler(shape.In, () =>
            {
                var element = Grab(shape.In);
                foreach (var outlet in _open)
                    Push(outlet, element);
            });
            foreach (var outlet in shape.Outs)
                SetHandler(outlet, PullIfAllAsk, cause => Cancelled(outlet, cause));
        }

        private void PullIfAllAsk()
        {
            if (_open.All(IsAvailable) && !HasBeenPulled(_shape.In))
                TryPull(_shape.In);
        }

        private void Cancelled(Outlet<T> outlet, Exception cause)
        {
            _open.Remove(outlet);
            if (_open.Count == 0)
                CancelStage(cause);
            else
                PullIfAllAsk();
        }
    }
}
