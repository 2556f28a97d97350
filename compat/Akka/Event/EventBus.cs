using System.Collections.Concurrent;

namespace Akka.Event;

public abstract class EventBus<TEvent, TClassifier, TSubscriber>
{
    private readonly Dictionary<TClassifier, List<Subscription>> _subscriptions = [];

    // Who gets an event of a class, worked out once. A change puts a new empty one here, so that a publisher that is
    // just filling the old one fills what nobody reads any more.
    private volatile ConcurrentDictionary<TClassifier, TSubscriber[]> _receivers = new();

    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_subscriptions)
        {
            if (!_subscriptions.TryGetValue(classifier, out var all))
                _subscriptions.Add(classifier, all = []);
            if (all.Exists(s => s.Subscriber.Equals(subscriber)))
                return false;
            all.Add(new Subscription(subscriber));
            _receivers = new();
            return true;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber)
    {
        lock (_subscriptions)
        {
            var removed = 0;
            foreach (var all in _subscriptions.Values)
                removed += all.RemoveAll(s => s.Subscriber.Equals(subscriber));
            _receivers = new();
            return removed > 0;
        }
    }

    // Where nobody subscribed to just this classifier, it is taken out of what the subscriber gets by a wider one.
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_subscriptions)
        {
            _receivers = new();
            if (_subscriptions.TryGetValue(classifier, out var exact))
                return exact.RemoveAll(s => s.Subscriber.Equals(subscriber)) > 0;

            var found = false;
            foreach (var (wider, all) in _subscriptions)
            {
                if (!IsSubClassification(wider, classifier))
                    continue;
                foreach (var subscription in all.Where(s => s.Subscriber.Equals(subscriber)))
                {
                    subscription.Excluded.Add(classifier);
                    found = true;
                }
            }

            return found;
        }
    }

    public virtual void Publish(TEvent @event)
    {
        var classifier = GetClassifier(@event);
        if (!_receivers.TryGetValue(classifier, out var receivers))
            receivers = FindReceivers(@event, classifier);
        foreach (var receiver in receivers)
            Publish(@event, receiver);
    }

    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    protected abstract TClassifier GetClassifier(TEvent @event);

    protected string SimpleName(object source) => SimpleName(source.GetType());

    protected string SimpleName(Type source) => source.Name;

    private protected bool HasSubscription(TSubscriber subscriber)
    {
        lock (_subscriptions)
            return _subscriptions.Values.Any(all => all.Exists(s => s.Subscriber.Equals(subscriber)));
    }

    private TSubscriber[] FindReceivers(TEvent @event, TClassifier classifier)
    {
        lock (_subscriptions)
        {
            var receivers = (
                from entry in _subscriptions
                where Classify(@event, entry.Key)
                from subscription in entry.Value
                where !subscription.Excluded.Exists(c => IsSubClassification(c, classifier))
                select subscription.Subscriber).Distinct().ToArray();
            _receivers[classifier] = receivers;
            return receivers;
        }
    }

    private sealed class Subscription(TSubscriber subscriber)
    {
        public TSubscriber Subscriber => subscriber;

        public List<TClassifier> Excluded { get; } = [];
    }
}
