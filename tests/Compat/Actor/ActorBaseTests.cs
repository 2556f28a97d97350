using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Actors;

public sealed class ActorBaseTests : ActorTest
{
    [Fact]
    public async Task Behaviours_of_a_plain_actor_say_whether_they_took_the_message()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new Plain(Journal)));
        actor.Tell(1);
        actor.Tell("stack");
        actor.Tell(2);
        actor.Tell("unstack");
        actor.Tell(3);
        actor.Tell("replace");
        actor.Tell(4);
        await Journal.Expect("first 1", "other 2", "first 3", "other 4");
    }

    [Fact]
    public async Task Unhandled_publishes_the_message_with_both_ends()
    {
        var listener = Puppet();
        Sys.EventStream.Subscribe(listener, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new Plain(Journal)));
        actor.Tell(1.5, listener);
        var unhandled = await Journal.Next<UnhandledMessage>();
        Assert.Equal((1.5, listener, actor), (unhandled.Message, unhandled.Sender, unhandled.Recipient));
    }

    [Fact]
    public async Task Unhandled_can_be_overridden()
    {
        Sys.ActorOf(Props.Create(() => new Tolerant(Journal))).Tell("what?");
        await Journal.Expect("unhandled what?");
    }

    [Fact]
    public async Task There_is_no_context_outside_an_actor()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => OnOwnThread(() => Assert.Null(Plain.Outside)));
        var actor = Sys.ActorOf(Props.Create(() => new Plain(Journal)));
        actor.Tell("expose");
        var self = await Journal.Next<Func<IActorRef>>();
        await Assert.ThrowsAsync<NotSupportedException>(() => OnOwnThread(() => Assert.Null(self())));
    }

    [Fact]
    public async Task RunTask_keeps_the_next_message_waiting_until_it_is_done()
    {
        var actor = Sys.ActorOf(Props.Create(() => new RunsTasks(Journal)));
        var gate = new TaskCompletionSource();
        actor.Tell(gate);
        actor.Tell("next");
        await Journal.Expect("waiting");
        Journal.ExpectNothing();
        gate.SetResult();
        await Journal.Expect("done", "next");
        actor.Tell(new Action(() => Journal.Add("an action")));
        await Journal.Expect("an action");
    }

    [Fact]
    public async Task The_untyped_behaviours_replace_each_other_and_stack()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Switches(Journal)));
        foreach (var message in new[] { "a", "stack", "b", "unstack", "c", "replace", "d" })
            actor.Tell(message);
        await Journal.Expect("first a", "other b", "first c", "other d");
    }

    private sealed class Plain(Journal journal) : ActorBase
    {
        public static IActorContext Outside => Context;

        protected override bool Receive(object message)
        {
            switch (message)
            {
                case "stack":
                    BecomeStacked(Other);
                    return true;
                case "replace":
                    Become(Other);
                    return true;
                case "expose":
                    journal.Add(new Func<IActorRef>(() => Self));
                    return true;
                case int:
                    journal.Add($"first {message}");
                    return true;
                default:
                    return false;
            }
        }

        private bool Other(object message)
        {
            if (message is "unstack")
                UnbecomeStacked();
            else
                journal.Add($"other {message}");
            return true;
        }
    }

    private sealed class Tolerant(Journal journal) : ActorBase
    {
        protected override bool Receive(object message) => false;

        protected override void Unhandled(object message) => journal.Add($"unhandled {message}");
    }

    private sealed class RunsTasks(Journal journal) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case TaskCompletionSource gate:
                    RunTask(async () =>
                    {
                        journal.Add("waiting");
                        await gate.Task;
                        journal.Add("done");
                    });
                    break;
                case Action action:
                    RunTask(action);
                    break;
                default:
                    journal.Add(message);
                    break;
            }
        }
    }

    private sealed class Switches(Journal journal) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "stack")
                BecomeStacked(Other);
            else if (message is "replace")
                Become(Other);
            else
                journal.Add($"first {message}");
        }

        private void Other(object message)
        {
            if (message is "unstack")
                UnbecomeStacked();
            else
                journal.Add($"other {message}");
        }
    }
}
