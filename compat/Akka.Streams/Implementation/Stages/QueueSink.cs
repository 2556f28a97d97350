using Akka.Pattern;
using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

internal sealed class QueueSink<T> : SinkStage<T, ISinkQueue<T>>
{
    public override ILogicAndMaterializedValue<ISinkQueue<T>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var logic = new Logic(this, inheritedAttributes.GetAttribute<Attributes.InputBuffer>().Max);
        return With(logic, logic);
    }

    private sealed class Logic : InGraphStageLogic, ISinkQueue<T>
    {
        private readonly QueueSink<T> _stage;
        private readonly int _size;
        private readonly Queue<T> _buffer = new();
        private readonly Action<Promise<Option<T>>> _onPull;
        private readonly Outstanding<Option<T>> _outstanding = new();
        private Promise<Option<T>> _waiting;
        private Exception _failure;

        public Logic(QueueSink<T> stage, int size)
            : base(stage.Shape)
        {
            _stage = stage;
            _size = size;
            _onPull = GetEarlyCallback<Promise<Option<T>>>(Pulled);
            SetHandler(stage.In, this);
        }

        public Task<Option<T>> PullAsync()
        {
            var promise = _outstanding.Open(out var isOpen);
            if (isOpen)
                _onPull(promise);
            return promise.Task;
        }

        // The end is kept for whoever asks for it.
        public override void PreStart()
        {
            SetKeepGoing(true);
            Pull(_stage.In);
        }

        public override void PostStop() => _outstanding.End(new StreamDetachedException());

        public override void OnPush()
        {
            _buffer.Enqueue(Grab(_stage.In));
            Answer();
            if (_buffer.Count < _size)
                Pull(_stage.In);
        }

        public override void OnUpstreamFinish() => Answer();

        public override void OnUpstreamFailure(Exception e)
        {
            _failure = e;
            Answer();
        }

        private void Pulled(Promise<Option<T>> promise)
        {
            if (_waiting != null)
            {
                _outstanding.Break(promise, new IllegalStateException(
                    "You have to wait for previous future to be resolved to send another request"));
                return;
            }

            _waiting = promise;
            Answer();
            if (_buffer.Count < _size && !HasBeenPulled(_stage.In))
                TryPull(_stage.In);
        }

        private void Answer()
        {
            if (_waiting is not { } waiting)
                return;
            if (_buffer.TryDequeue(out var element))
            {
                _waiting = null;
                _outstanding.Keep(waiting, element);
            }
            else if (IsClosed(_stage.In))
            {
                _waiting = null;
                if (_failure == null)
                    _outstanding.Keep(waiting, Option<T>.None);
                else
                    _outstanding.Break(waiting, _failure);
                CompleteStage();
            }
        }
    }
}
