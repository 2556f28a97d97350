using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Event;

public sealed class EventStreamTests : SystemTest
{
    private class Animal;

    private sealed class Cat : Animal;

    private interface ITame;

    private sealed class Dog : Animal, ITame;

    [Fact]
    public async Task A_subscriber_gets_events_of_the_type_of_derived_types_and_of_those_that_implement_it()
    {
        var animals = NewRecorder();
        var tame = NewRecorder();
        Assert.True(System.EventStream.Subscribe(animals.Ref, typeof(Animal)));
        Assert.True(System.EventStream.Subscribe<ITame>(tame.Ref));

        object[] published = [new Animal(), new Cat(), new Dog(), "no animal"];
        foreach (var e in published)
            System.EventStream.Publish(e);

        Assert.Equal(published[..3], await animals.SoFar());
        Assert.Equal([published[2]], await tame.SoFar());
    }

    [Fact]
    public async Task A_second_subscription_to_the_same_type_is_none()
    {
        var recorder = NewRecorder();
        Assert.True(System.EventStream.Subscribe(recorder.Ref, typeof(Cat)));
        Assert.False(System.EventStream.Subscribe(recorder.Ref, typeof(Cat)));
        Assert.True(System.EventStream.Subscribe(recorder.Ref, typeof(Animal)));

        System.EventStream.Publish(new Cat());

        Assert.Single(await recorder.SoFar());
    }

    [Fact]
    public async Task Who_unsubscribes_from_a_type_keeps_the_others()
    {
        var recorder = NewRecorder();
        System.EventStream.Subscribe<Cat>(recorder.Ref);
        System.EventStream.Subscribe<Dog>(recorder.Ref);

        Assert.True(System.EventStream.Unsubscribe<Cat>(recorder.Ref));
        Assert.False(System.EventStream.Unsubscribe(recorder.Ref, typeof(Cat)));
        System.EventStream.Publish(new Cat());
        System.EventStream.Publish(new Dog());

        Assert.IsType<Dog>(Assert.Single(await recorder.SoFar()));
    }

    [Fact]
    public async Task A_type_can_be_taken_out_of_a_wider_subscription()
    {
        var recorder = NewRecorder();
        System.EventStream.Subscribe<Animal>(recorder.Ref);

        Assert.True(System.EventStream.Unsubscribe<Cat>(recorder.Ref));
        System.EventStream.Publish(new Cat());
        System.EventStream.Publish(new Dog());

        Assert.IsType<Dog>(Assert.Single(await recorder.SoFar()));
    }

    [Fact]
    public async Task Who_unsubscribes_from_all_gets_nothing_more()
    {
        var recorder = NewRecorder();
        System.EventStream.Subscribe<Cat>(recorder.Ref);
        System.EventStream.Subscribe<Dog>(recorder.Ref);

        Assert.True(System.EventStream.Unsubscribe(recorder.Ref));
        Assert.False(System.EventStream.Unsubscribe(recorder.Ref));
        System.EventStream.Publish(new Cat());
        System.EventStream.Publish(new Dog());

        Assert.Empty(await recorder.SoFar());
    }

    [Fact]
    public async Task A_subscription_that_comes_after_an_event_was_published_is_honoured()
    {
        var first = NewRecorder();
        var second = NewRecorder();
        System.EventStream.Subscribe<Cat>(first.Ref);
        System.EventStream.Publish(new Cat());
        System.EventStream.Subscribe<Cat>(second.Ref);
        System.EventStream.Publish(new Cat());

        Assert.Equal(2, (await first.SoFar()).Count);
        Assert.Single(await second.SoFar());
    }

    [Fact]
    public async Task A_subscriber_that_ends_is_taken_off_the_stream()
    {
        var ending = NewRecorder();
        var letters = NewRecorder();
        System.EventStream.Subscribe<DeadLetter>(letters.Ref);
        System.EventStream.Subscribe<Cat>(ending.Ref);
        System.EventStream.Subscribe<Dog>(ending.Ref);

        Assert.True(await ending.Ref.GracefulStop(Recorder.Patience));
        // The stream learns of it from a watcher of its own, so ask until it has.
        var deadline = DateTime.UtcNow + Recorder.Patience;
        while (true)
        {
            System.EventStream.Publish(new Cat());
            System.EventStream.Publish(new Dog());
            if ((await letters.SoFar()).Count == 0)
                break;
            Assert.True(DateTime.UtcNow < deadline, "The subscriber is still on the stream.");
        }

        Assert.False(System.EventStream.Unsubscribe(ending.Ref));
    }

    [Fact]
    public void Nobody_can_subscribe_or_unsubscribe_as_null()
    {
        Assert.Throws<ArgumentNullException>(() => System.EventStream.Subscribe(null, typeof(Cat)));
        Assert.Throws<ArgumentNullException>(() => System.EventStream.Unsubscribe(null, typeof(Cat)));
        Assert.Throws<ArgumentNullException>(() => System.EventStream.Unsubscribe(null));
    }

    [Fact]
    public async Task A_stream_of_ones_own_tells_what_happens_on_it_if_it_was_told_to()
    {
        var stream = new EventStream(debug: true);
        var log = NewRecorder();
        var other = NewRecorder();
        stream.Subscribe<Debug>(log.Ref);
        _ = await log.SoFar();

        stream.Subscribe<Cat>(other.Ref);
        stream.Unsubscribe<Cat>(other.Ref);
        stream.Unsubscribe(other.Ref);

        var said = (await log.SoFar()).Select(m => ((Debug)m).Message.ToString()!).ToList();
        Assert.Equal(3, said.Count);
        Assert.StartsWith("subscribing", said[0], StringComparison.Ordinal);
        Assert.All(said[1..], s => Assert.StartsWith("unsubscribing", s, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_an_actor_publishes_comes_from_that_actor()
    {
        var recorder = NewRecorder();
        System.EventStream.Subscribe<Cat>(recorder.Ref);
        var publisher = System.ActorOf(Props.Create(() => new Publisher()), "publisher");

        publisher.Tell(new Cat());

        Assert.Equal(publisher, (await recorder.NextWithSender()).Sender);
    }

    [Fact]
    public async Task Subscriptions_and_events_from_many_threads_do_not_harm_each_other()
    {
        const int Rounds = 2_000;
        var steady = NewRecorder();
        System.EventStream.Subscribe<Dog>(steady.Ref);
        var others = Enumerable.Range(0, 4).Select(_ => NewRecorder()).ToList();

        await Task.WhenAll(others.Select(o => Task.Run(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                Assert.True(System.EventStream.Subscribe<Dog>(o.Ref));
                System.EventStream.Publish(new Dog());
                Assert.True(System.EventStream.Unsubscribe<Dog>(o.Ref));
            }
        })));

        Assert.Equal(Rounds * others.Count, (await steady.SoFar()).Count);
    }

    private sealed class Publisher : UntypedActor
    {
        protected override void OnReceive(object message) => Context.System.EventStream.Publish(message);
    }
}
