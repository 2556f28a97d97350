using Akka.Pattern;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class QueueSource<T>(int size, OverflowStrategy strategy) : SourceStage<T, ISourceQueueWithComplete<T>>
{
    public override ILogicAndMaterializedValue<ISourceQueueWithComplete<T>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var logic = new Logic(this, size, strategy);
        return With(logic, logic);
    }

    private sealed class Logic : OutGraphStageLogic, ISourceQueueWithComplete<T>
    {
        private readonly QueueSource<T> _stage;
        private readonly BoundedBuffer<T> _buffer;
        private readonly int _size;
        private readonly OverflowStrategy _strategy;
        private readonly Action<Offer> _onOffer;
        private readonly Action _onComplete;
        private readonly Action<Exception> _onFail;
        private readonly Promise<Done> _completion = new();
        private readonly Outstanding<IQueueOfferResult> _outstanding = new();
        private Offer _held;
        private bool _completes;

        public Logic(QueueSource<T> stage, int size, OverflowStrategy strategy)
            : base(stage.Shape)
        {
            _stage = stage;
            _size = size;
            _strategy = strategy;
            _buffer = new BoundedBuffer<T>(size, strategy);
            _onOffer = GetEarlyCallback<Offer>(Offered);
            _onComplete = GetEarlyCallback(CompleteAfterAll);
            _onFail = GetEarlyCallback<Exception>(FailAtOnce);
            SetHandler(stage.Out, this);
        }

        public Task<IQueueOfferResult> OfferAsync(T element)
        {
            var answer = _outstanding.Open(out var isOpen);
            if (isOpen)
                _onOffer(new Offer(element, answer));
            return answer.Task;
        }

        public Task WatchCompletionAsync() => _completion.Task;

        public void Complete() => _onComplete();

        public void Fail(Exception ex) => _onFail(ex);

        public override void OnPull()
        {
            if (_buffer.TryTake(out var element))
            {
                Push(_stage.Out, element);
                if (_held != null)
                {
                    _buffer.Offer(_held.Element);
                    AnswerHeld(QueueOfferResult.Enqueued.Instance);
                }
            }
            else if (_held != null)
            {
                Push(_stage.Out, _held.Element);
                AnswerHeld(QueueOfferResult.Enqueued.Instance);
            }

            CompleteIfDone();
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            AnswerHeld(QueueOfferResult.QueueClosed.Instance);
            if (cause is SubscriptionWithCancelException.NonFailureCancellation)
                _completion.TrySetResult(Done.Instance);
            else
                _completion.Break(cause);
            CancelStage(cause);
        }

        public override void PostStop()
        {
            _completion.Break(new StreamDetachedException());
            _outstanding.End(new StreamDetachedException());
        }

        private void Offered(Offer offer)
        {
            if (_buffer.IsEmpty && _held == null && IsAvailable(_stage.Out))
            {
                Push(_stage.Out, offer.Element);
                _outstanding.Keep(offer.Answer, QueueOfferResult.Enqueued.Instance);
            }
            else if (_size == 0)
            {
                HoldOrDrop(offer);
            }
            else if (_buffer.IsFull && _strategy == OverflowStrategy.Backpressure)
            {
                Hold(offer);
            }
            else
            {
                Buffer(offer);
            }
        }

        private void Buffer(Offer offer)
        {
            switch (_buffer.Offer(offer.Element))
            {
                case BufferOffer.Refused:
                    _outstanding.Keep(offer.Answer, QueueOfferResult.Dropped.Instance);
                    break;
                case BufferOffer.Failed:
                    Overflow(offer);
                    break;
                default:
                    _outstanding.Keep(offer.Answer, QueueOfferResult.Enqueued.Instance);
                    break;
            }
        }

        // Without a buffer one offer waits, whatever the strategy, which is then for the second one.
        private void HoldOrDrop(Offer offer)
        {
            switch (_strategy)
            {
                case OverflowStrategy.Backpressure:
                    Hold(offer);
                    break;
                case OverflowStrategy.DropHead or OverflowStrategy.DropBuffer:
                    AnswerHeld(QueueOfferResult.Dropped.Instance);
                    _held = offer;
                    break;
                case var _ when _held == null:
                    _held = offer;
                    break;
                case OverflowStrategy.Fail:
                    Overflow(offer);
                    break;
                default:
                    _outstanding.Keep(offer.Answer, QueueOfferResult.Dropped.Instance);
                    break;
            }
        }

        private void Overflow(Offer offer)
        {
            var cause = new BufferOverflowException($"Buffer overflow (max capacity was: {_size})!");
            _outstanding.Keep(offer.Answer, new QueueOfferResult.Failure(cause));
            FailAtOnce(cause);
        }

        // One offer waits for room, no more.
        private void Hold(Offer offer)
        {
            if (_held == null)
            {
                _held = offer;
                return;
            }

            _outstanding.Break(offer.Answer, new IllegalStateException(
                "You have to wait for previous offer to be resolved to send another request"));
        }

        private void CompleteAfterAll()
        {
            _completes = true;
            CompleteIfDone();
        }

        private void CompleteIfDone()
        {
            if (!_completes || !_buffer.IsEmpty || _held != null)
                return;
            _completion.TrySetResult(Done.Instance);
            CompleteStage();
        }

        private void FailAtOnce(Exception cause)
        {
            _completion.Break(cause);
            FailStage(cause);
        }

        private void AnswerHeld(IQueueOfferResult result)
        {
            if (_held is not { } held)
                return;
            _held = null;
            _outstanding.Keep(held.Answer, result);
        }

        private sealed record Offer(T Element, Promise<IQueueOfferResult> Answer);
    }
}
