using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Actors;

public sealed class ReceiveActorTests : ActorTest
{
    private IActorRef Configured(Action<Configurable> configure) =>
        Sys.ActorOf(Props.Create(() => new Configurable(configure)));

    [Fact]
    public async Task The_first_handler_that_takes_a_message_has_it()
    {
        var actor = Configured(a =>
        {
            a.On<int>(i => Journal.Add($"small {i}"), i => i < 10);
            a.On<int>(i => i < 100, i => Journal.Add($"middle {i}"));
            a.On<int>(i => Journal.Add($"big {i}"));
            a.On<IConvertible>(c => Journal.Add($"convertible {c}"));
            a.OnAny(o => Journal.Add($"any {o}"));
        });
        foreach (var message in new object[] { 1, 50, 500, "text", TimeSpan.Zero })
            actor.Tell(message);
        await Journal.Expect("small 1", "middle 50", "big 500", "convertible text", "any 00:00:00");
    }

    [Fact]
    public async Task A_handler_may_decline()
    {
        var actor = Configured(a =>
        {
            a.OnDeciding<int>(i => i == 1);
            a.OnDecidingType(typeof(int), i => i.Equals(2));
            a.OnAny(Journal.Add);
        });
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(3);
        await Journal.Expect(3);
    }

    [Fact]
    public async Task Handlers_can_be_given_by_type()
    {
        var actor = Configured(a =>
        {
            a.OnType(typeof(int), i => Journal.Add($"small {i}"), i => (int)i < 10);
            a.OnType(typeof(int), i => (int)i < 100, i => Journal.Add($"middle {i}"));
            a.OnType(typeof(IConvertible), c => Journal.Add($"convertible {c}"));
        });
        actor.Tell(1);
        actor.Tell(50);
        actor.Tell("text");
        await Journal.Expect("small 1", "middle 50", "convertible text");
    }

    [Fact]
    public async Task What_no_handler_takes_is_unhandled()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(UnhandledMessage));
        Configured(a => a.On<int>(i => Journal.Add(i))).Tell("text");
        Assert.Equal("text", (await Journal.Next<UnhandledMessage>()).Message);
    }

    [Fact]
    public async Task Nothing_can_follow_a_handler_for_all()
    {
        Configured(a =>
        {
            a.OnAny(_ => { });
            Report(() => a.On<int>(_ => { }));
        });
        await Journal.Next<InvalidOperationException>();
    }

    [Fact]
    public async Task Handlers_are_given_in_the_constructor_and_in_Become_only()
    {
        Configured(a => a.On<string>(_ => Report(() => a.On<int>(_ => { })))).Tell("now");
        await Journal.Next<InvalidOperationException>();
    }

    [Fact]
    public async Task Behaviours_replace_each_other_and_stack()
    {
        var actor = Configured(a => a.On<string>(
            message =>
            {
                if (message == "stack")
                    a.Stack(() => Other(a));
                else if (message == "replace")
                    a.Replace(() => Other(a));
                else
                    Journal.Add($"first {message}");
            }));
        foreach (var message in new[] { "a", "stack", "b", "unstack", "c", "replace", "d" })
            actor.Tell(message);
        await Journal.Expect("first a", "other b", "first c", "other d");
    }

    [Fact]
    public async Task A_restart_begins_with_the_handlers_of_the_constructor()
    {
        var actor = Configured(a => a.OnAny(message =>
        {
            if (message is "become")
                a.Replace(() => a.OnAny(_ => throw new InvalidOperationException("boom")));
            else
                Journal.Add(message);
        }));
        actor.Tell("become");
        actor.Tell("fail");
        actor.Tell("as at first");
        await Journal.Expect("as at first");
    }

    private void Other(Configurable actor) => actor.On<string>(message =>
    {
        if (message == "unstack")
            actor.Unstack();
        else
            Journal.Add($"other {message}");
    });

    private void Report(Action action)
    {
        try
        {
            action();
        }
        catch (InvalidOperationException refused)
        {
            Journal.Add(refused);
        }
    }

    private sealed class Configurable : ReceiveActor
    {
        public Configurable(Action<Configurable> configure) => configure(this);

        public void On<T>(Action<T> handler, Predicate<T>? when = null) => Receive(handler, when);

        public void On<T>(Predicate<T> when, Action<T> handler) => Receive(when, handler);

        public void OnType(Type type, Action<object> handler, Predicate<object>? when = null) =>
            Receive(type, handler, when);

        public void OnType(Type type, Predicate<object> when, Action<object> handler) => Receive(type, when, handler);

        public void OnDeciding<T>(Func<T, bool> handler) => Receive(handler);

        public void OnDecidingType(Type type, Func<object, bool> handler) => Receive(type, handler);

        public void OnAny(Action<object> handler) => ReceiveAny(handler);

        public void Replace(Action configure) => Become(configure);

        public void Stack(Action configure) => BecomeStacked(configure);

        public void Unstack() => UnbecomeStacked();
    }
}
