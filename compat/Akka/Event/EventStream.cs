using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Event;

public class EventStream : LoggingBus
{
    private static int _lastUnsubscriberId;

    private readonly Lock _gate = new();
    private readonly bool _debug;

    // Who subscribed before there was an actor to watch them; null afterwards.
    private HashSet<IActorRef> _unwatched = [];
    private IActorRef _unsubscriber;

    public EventStream(bool debug) => _debug = debug;

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        WatchFor(subscriber);
        var added = base.Subscribe(subscriber, channel);
        if (_debug)
            Trace($"subscribing {subscriber} to channel {channel}");
        return added;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        if (_debug)
            Trace($"unsubscribing {subscriber} from channel {channel}");
        var removed = base.Unsubscribe(subscriber, channel);
        UnwatchIfGone(subscriber);
        return removed;
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        if (_debug)
            Trace($"unsubscribing {subscriber} from all channels");
        var removed = base.Unsubscribe(subscriber);
        UnwatchIfGone(subscriber);
        return removed;
    }

    internal void StartUnsubscriber(ActorSystemImpl system)
    {
        lock (_gate)
        {
            if (_unsubscriber != null)
                return;
            var props = Props.Create(() => new EventStreamUnsubscriber(this))
                .WithDispatcher(Dispatchers.InternalDispatcherId);
            _unsubscriber = system.SystemActorOf(
                props, $"EventStreamUnsubscriber-{Interlocked.Increment(ref _lastUnsubscriberId)}");
            foreach (var subscriber in _unwatched)
                _unsubscriber.Tell(new EventStreamUnsubscriber.Watch(subscriber), ActorRefs.NoSender);
            _unwatched = null;
        }
    }

    internal bool IsSubscribed(IActorRef subscriber) => HasSubscription(subscriber);

    internal void Trace(string what) => Publish(new Debug(SimpleName(this), GetType(), what));

    private void WatchFor(IActorRef subscriber)
    {
        if (subscriber is MinimalLogger)
            return;
        lock (_gate)
        {
            if (_unsubscriber == null)
                _unwatched.Add(subscriber);
            else
                _unsubscriber.Tell(new EventStreamUnsubscriber.Watch(subscriber), ActorRefs.NoSender);
        }
    }

    private void UnwatchIfGone(IActorRef subscriber)
    {
        lock (_gate)
            _unsubscriber?.Tell(new EventStreamUnsubscriber.UnwatchIfGone(subscriber), ActorRefs.NoSender);
    }
}
