using Akka.Actor;

namespace Akka.Event;

// A subscriber that ends is taken off the stream.
internal sealed class EventStreamUnsubscriber(EventStream stream) : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Watch watch:
                Context.Watch(watch.Subscriber);
                return true;
            case UnwatchIfGone unwatch:
                if (!stream.IsSubscribed(unwatch.Subscriber))
                    Context.Unwatch(unwatch.Subscriber);
                return true;
            case Terminated terminated:
                stream.Unsubscribe(terminated.ActorRef);
                return true;
            default:
                return false;
        }
    }

    internal sealed record Watch(IActorRef Subscriber) : INoSerializationVerificationNeeded;

    internal sealed record UnwatchIfGone(IActorRef Subscriber) : INoSerializationVerificationNeeded;
}
