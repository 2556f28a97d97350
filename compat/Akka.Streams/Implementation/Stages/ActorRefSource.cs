using Akka.Actor;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

// Its value is an actor, whose messages are the elements.
internal sealed class ActorRefSource<T>(int size, OverflowStrategy strategy) : Blueprint
{
    protected override Laid LayIn(Site site, Attributes effective)
    {
        var logic = new Logic(size, strategy);
        site.Add(logic, nameof(ActorRefSource<T>), effective);
        var actor = site.ActorFor(Props.Create(() => new Inbox(logic)));
        logic.Actor = actor;
        return new Laid([], [new OutEnd(logic, 0)], actor);
    }

    internal sealed class Inbox(Logic logic) : ActorBase
    {
        protected override bool Receive(object message)
        {
            switch (message)
            {
                case Status.Success:
                    logic.OnSuccess();
                    return true;
                case Status.Failure failure:
                    logic.OnFailure(failure.Cause);
                    return true;
                case T element:
                    logic.OnElement(element);
                    return true;
                default:
                    return false;
            }
        }

        // Killed, stopped or poisoned: what is there goes out, and then the stream ends.
        protected override void PostStop() => logic.OnSuccess();
    }

    internal sealed class Logic : GraphStageLogic
    {
        private static readonly Outlet<T> Out = new("ActorRefSource.out") { Id = 0 };

        private readonly BoundedBuffer<T> _buffer;
        private readonly int _size;
        private bool _ends;

        public Logic(int size, OverflowStrategy strategy)
            : base(0, 1)
        {
            _size = size;
            _buffer = new BoundedBuffer<T>(size, strategy);
            OnElement = GetEarlyCallback<T>(Take);
            OnSuccess = GetEarlyCallback(EndAfterBuffer);
            OnFailure = GetEarlyCallback<Exception>(FailStage);
            SetHandler(Out, PushNext);
        }

        public IActorRef Actor { get; set; }

        public Action<T> OnElement { get; }

        public Action OnSuccess { get; }

        public Action<Exception> OnFailure { get; }

        private protected override void Aborted(Exception cause) => FailStage(cause);

        public override void PostStop() => ((IInternalActorRef)Actor).Stop();

        private void Take(T element)
        {
            if (_ends)
                return;
            if (_buffer.IsEmpty && IsAvailable(Out))
                Push(Out, element);
            else if (_buffer.Offer(element) == BufferOffer.Failed)
                FailStage(new BufferOverflowException($"Buffer overflow, max capacity was ({_size})"));
        }

        private void PushNext()
        {
            if (_buffer.TryTake(out var element))
                Push(Out, element);
            if (_ends && _buffer.IsEmpty)
                CompleteStage();
        }

        private void EndAfterBuffer()
        {
            _ends = true;
            if (_buffer.IsEmpty)
                CompleteStage();
        }
    }
}
