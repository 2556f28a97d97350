using Akka.Event;

namespace Handoff.Compat.Tests.Event;

public sealed class EventBusTests
{
    [Fact]
    public void A_bus_of_ones_own_says_what_belongs_to_what_and_how_it_is_delivered()
    {
        var bus = new Topics();
        Assert.True(bus.Subscribe("ann", "news"));
        Assert.True(bus.Subscribe("bob", "news/sport"));
        Assert.False(bus.Subscribe("bob", "news/sport"));

        bus.Publish("news/sport: 1:0");
        bus.Publish("news: rain");
        Assert.True(bus.Unsubscribe("ann", "news/sport/chess"));
        bus.Publish("news/sport/chess: e4");
        Assert.True(bus.Unsubscribe("bob"));
        bus.Publish("news/sport: 2:0");

        Assert.Equal(
            ["ann 1:0", "bob 1:0", "ann rain", "bob e4", "ann 2:0"], bus.Delivered);
        Assert.Equal(("Topics", "String"), bus.Names);
    }

    private sealed class Topics : EventBus<string, string, string>
    {
        public List<string> Delivered { get; } = [];

        public (string, string) Names => (SimpleName(this), SimpleName(typeof(string)));

        protected override string GetClassifier(string @event) => @event.Split(':')[0];

        protected override bool Classify(string @event, string classifier) =>
            IsSubClassification(classifier, GetClassifier(@event));

        protected override bool IsSubClassification(string parent, string child) =>
            child == parent || child.StartsWith(parent + "/", StringComparison.Ordinal);

        protected override void Publish(string @event, string subscriber) =>
            Delivered.Add($"{subscriber} {@event[(@event.IndexOf(':', StringComparison.Ordinal) + 2)..]}");
    }
}
