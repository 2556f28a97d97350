using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestKitActorTests : TestKit
{
    [Fact]
    public void Actors_are_created_in_the_system_of_the_test()
    {
        Ask(ActorOf(Props.Create<Echo>()));
        Ask(ActorOf(Props.Create<Echo>(), "props"));
        Ask(ActorOf<Echo>());
        Ask(ActorOf<Echo>("type"));
        Ask(ActorOf(() => new Echo("-")), "x-");
        var named = ActorOf(() => new Echo("+"), "factory");
        Ask(named, "x+");
        Assert.Equal("akka://test/user/factory", named.Path.ToString());
    }

    [Fact]
    public void Actors_are_selected_in_the_system_of_the_test()
    {
        var actor = ActorOf<Echo>("selected");
        ActorSelection("/user/selected").Tell("a");
        ExpectMsgFrom(actor, "a");
        ActorSelection(actor.Path).Tell("b");
        ExpectMsgFrom(actor, "b");
        ActorSelection(actor, "../selected").Tell("c");
        ExpectMsgFrom(actor, "c");
    }

    [Fact]
    public async Task The_test_actor_can_be_the_parent()
    {
        var child = ChildActorOf(Props.Create<TellParent>());
        Assert.Equal(TestActor.Path, child.Path.Parent);
        child.Tell("a");
        ExpectMsgFrom(child, "a");
        Assert.Equal("named", ChildActorOf(Props.Create<TellParent>(), "named").Path.Name);
        Assert.Equal(TestActor.Path, (await ChildActorOfAsync(Props.Create<TellParent>())).Path.Parent);
        Assert.Equal("later", (await ChildActorOfAsync(Props.Create<TellParent>(), "later")).Path.Name);
    }

    [Fact]
    public void A_message_without_a_sender_comes_from_the_test_actor()
    {
        ActorOf<Echo>().Tell("a");
        ExpectMsg("a");
    }

    // The test blocks its own thread, so that what follows the await runs on another one.
    [Fact]
    public async Task The_test_actor_is_the_sender_after_an_await_too()
    {
        var telling = TellAfterAnAwait(ActorOf<Echo>());
        ExpectMsg("a", Times.Soon);
        await telling;
    }

    [Fact]
    public void Another_test_actor_feeds_the_same_test()
    {
        var second = CreateTestActor("second");
        Assert.Equal("akka://test/system/second", second.Path.ToString());
        second.Tell("a");
        ExpectMsg("a");
    }

    [Fact]
    public async Task A_watched_actor_tells_its_end()
    {
        var first = ActorOf<Echo>();
        var second = ActorOf<Echo>();
        Assert.Same(first, Watch(first));
        Assert.Same(second, await WatchAsync(second));
        Sys.Stop(first);
        Sys.Stop(second);
        var ended = ReceiveN(2).Cast<Terminated>().Select(t => t.ActorRef);
        Assert.Equal([first, second], ended.OrderBy(actor => actor.Equals(second)));
    }

    [Fact]
    public async Task An_actor_that_is_no_longer_watched_tells_nothing()
    {
        var first = Watch(ActorOf<Echo>());
        var second = Watch(ActorOf<Echo>());
        var third = Watch(ActorOf<Echo>());
        Assert.Same(first, Unwatch(first));
        Assert.Same(second, await UnwatchAsync(second));
        Sys.Stop(first);
        Sys.Stop(second);
        Sys.Stop(third);
        ExpectTerminated(third);
        ExpectNoMsg(Times.Moment);
    }

    [Fact]
    public void An_auto_pilot_answers_for_the_test()
    {
        SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"{message}, too", TestActor);
            return AutoPilot.KeepRunning;
        }));
        var other = CreateTestProbe();
        other.Send(TestActor, "a");
        other.Send(TestActor, "b");
        other.ExpectMsg("a, too");
        other.ExpectMsg("b, too");
        ExpectMsg("a");
        ExpectMsg("b");
    }

    [Fact]
    public void An_auto_pilot_may_end_its_flight()
    {
        SetAutoPilot(new Once());
        var other = CreateTestProbe();
        other.Send(TestActor, "a");
        other.Send(TestActor, "b");
        ExpectMsgAllOf("a", "b");
        other.ExpectMsg("once");
        Assert.False(other.HasMessages);
        Assert.Same(AutoPilot.NoAutoPilot, AutoPilot.NoAutoPilot.Run(TestActor, "a"));
        Assert.Throws<InvalidOperationException>(() => AutoPilot.KeepRunning.Run(TestActor, "a"));
    }

    [Fact]
    public void An_actor_can_run_on_the_thread_that_told_it()
    {
        var actor = ActorOf(Props.Create<ThreadTeller>().WithDispatcher(CallingThreadDispatcher.Id));
        AwaitAssert(() =>
        {
            actor.Tell("where");
            Assert.Equal(Environment.CurrentManagedThreadId, ExpectMsg<int>());
        });
    }

    [Fact]
    public void A_dispatcher_of_ones_own_can_run_on_the_calling_thread()
    {
        using var kit = new TestKit(
            $"mine.type = \"{typeof(CallingThreadDispatcherConfigurator).AssemblyQualifiedName}\"");
        Assert.IsType<CallingThreadDispatcher>(kit.Sys.Dispatchers.Lookup("mine"));
    }

    private static async Task TellAfterAnAwait(IActorRef actor)
    {
        await Task.Yield();
        actor.Tell("a");
    }

    private void Ask(IActorRef actor, string answer = "x")
    {
        actor.Tell("x");
        Assert.Equal(answer, ExpectMsgFrom<string>(actor));
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo()
            : this("")
        {
        }

        public Echo(string suffix) => Receive<string>(text => Sender.Tell(text + suffix));
    }

    private sealed class TellParent : ReceiveActor
    {
        public TellParent() => ReceiveAny(message => Context.Parent.Tell(message));
    }

    private sealed class ThreadTeller : ReceiveActor
    {
        public ThreadTeller() => ReceiveAny(_ => Sender.Tell(Environment.CurrentManagedThreadId));
    }

    private sealed class Once : AutoPilot
    {
        public override AutoPilot Run(IActorRef sender, object message)
        {
            sender.Tell("once");
            return NoAutoPilot;
        }
    }
}
