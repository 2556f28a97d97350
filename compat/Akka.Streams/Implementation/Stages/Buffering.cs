using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class Buffer<T>(int size, OverflowStrategy strategy) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, size, strategy);

    private sealed class Logic(Buffer<T> stage, Attributes attributes, int size, OverflowStrategy strategy)
        : FlowLogic<T, T>(stage, attributes)
    {
        private readonly BoundedBuffer<T> _buffer = new(size, strategy);

        public override void PreStart() => Pull(In);

        public override void OnPush()
        {
            var element = Grab(In);
            if (IsAvailable(Out))
            {
                Push(Out, element);
                Pull(In);
                return;
            }

            if (_buffer.Offer(element) == BufferOffer.Failed)
            {
                FailStage(new BufferOverflowException($"Buffer overflow (Max capacity was {size})"));
                return;
            }

            if (!_buffer.Holds)
                Pull(In);
        }

        public override void OnPull()
        {
            if (_buffer.TryTake(out var element))
                Push(Out, element);
            if (!IsClosed(In))
                PullIfOpen();
            else if (_buffer.IsEmpty)
                CompleteStage();
        }

        public override void OnUpstreamFinish()
        {
            if (_buffer.IsEmpty)
                CompleteStage();
        }
    }
}

internal sealed class Detach<T> : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes);

    // Asks for one element ahead.
    private sealed class Logic(Detach<T> stage, Attributes attributes) : FlowLogic<T, T>(stage, attributes)
    {
        public override void PreStart() => TryPull(In);

        public override void OnPush()
        {
            if (IsAvailable(Out))
                PushOn();
        }

        public override void OnPull()
        {
            if (IsAvailable(In))
                PushOn();
        }

        public override void OnUpstreamFinish()
        {
            if (!IsAvailable(In))
                CompleteStage();
        }

        private void PushOn()
        {
            Push(Out, Grab(In));
            if (IsClosed(In))
                CompleteStage();
            else
                Pull(In);
        }
    }
}

// Aggregates what comes while nobody asks, up to a weight. Each upstream element is grabbed only when it fits.
internal sealed class Batch<TIn, TOut>(
    long max, Func<TIn, long> cost, Func<TIn, TOut> seed, Func<TOut, TIn, TOut> aggregate) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, max, cost, seed, aggregate);

    private sealed class Logic(
        Batch<TIn, TOut> stage,
        Attributes attributes,
        long max,
        Func<TIn, long> cost,
        Func<TIn, TOut> seed,
        Func<TOut, TIn, TOut> aggregate) : FlowLogic<TIn, TOut>(stage, attributes)
    {
        private Held<TOut> _batch;
        private Held<TIn> _next;
        private long _left;

        public override void PreStart() => Pull(In);

        public override void OnPush()
        {
            var element = Grab(In);
            try
            {
                Add(element, cost(element));
            }
            catch (Exception cause)
            {
                if (!Survives(cause))
                    return;
            }

            if (IsAvailable(Out) && _batch.IsThere)
                PushBatch();
            if (!_next.IsThere)
                PullIfOpen();
        }

        public override void OnPull()
        {
            if (_batch.IsThere)
                PushBatch();
            if (IsClosed(In) && !_batch.IsThere)
                CompleteStage();
            else if (!_next.IsThere)
                PullIfOpen();
        }

        public override void OnUpstreamFinish()
        {
            if (!_batch.IsThere)
                CompleteStage();
        }

        protected override void Forget()
        {
            _batch = default;
            _left = max;
        }

        private void Add(TIn element, long weight)
        {
            if (!_batch.IsThere)
            {
                _left = max - weight;
                _batch = new Held<TOut>(seed(element), IsThere: true);
            }
            else if (weight <= _left)
            {
                _batch = new Held<TOut>(aggregate(_batch.Value, element), IsThere: true);
                _left -= weight;
            }
            else
            {
                _next = new Held<TIn>(element, IsThere: true);
            }
        }

        private void PushBatch()
        {
            Push(Out, _batch.Value);
            _batch = default;
            _left = max;
            if (!_next.IsThere)
                return;
            var element = _next.Value;
            _next = default;
            try
            {
                Add(element, cost(element));
            }
            catch (Exception cause)
            {
                Survives(cause);
            }
        }
    }

    private readonly record struct Held<TValue>(TValue Value, bool IsThere);
}
