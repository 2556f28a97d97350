using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class ContextTests : ActorTest
{
    [Fact]
    public async Task An_actor_knows_itself_its_parent_its_props_its_dispatcher_and_its_system()
    {
        var parent = Puppet("p");
        var child = await Inside(parent, context => context.ActorOf(Puppets(), "c"));
        await Inside(child, context =>
        {
            Assert.Equal(child, context.Self);
            Assert.Equal(parent, context.Parent);
            Assert.Equal(typeof(Puppet), context.Props.Type);
            Assert.Equal("akka.actor.default-dispatcher", context.Dispatcher.Id);
            Assert.Same(Sys, context.System);
        });
    }

    [Fact]
    public async Task The_sender_is_who_told_and_dead_letters_for_nobody()
    {
        var (actor, sender) = (Puppet("a"), Puppet("s"));
        var reports = Sys.ActorOf(Props.Create(() => new ReportsSender(Journal)));
        reports.Tell("hello", sender);
        await Journal.Expect(sender);
        reports.Tell("hello", ActorRefs.NoSender);
        await Journal.Expect(Sys.DeadLetters);
        await Inside(actor, _ => reports.Tell("hello"));
        await Journal.Expect(actor);
    }

    [Fact]
    public async Task Children_are_found_by_name_and_listed()
    {
        var parent = Puppet();
        await Inside(parent, context =>
        {
            Assert.Empty(context.GetChildren());
            var (one, two) = (context.ActorOf(Puppets(), "one"), context.ActorOf(Puppets(), "two"));
            Assert.Equal(one, context.Child("one"));
            Assert.Equal([one, two], context.GetChildren().OrderBy(child => child.Path.Name));
            Assert.True(context.Child("three").IsNobody());
        });
    }

    [Fact]
    public async Task A_child_without_a_name_gets_one_that_no_user_can_give()
    {
        var parent = Puppet();
        await Inside(parent, context =>
        {
            var names = Enumerable.Range(0, 100).Select(_ => context.ActorOf(Puppets()).Path.Name).ToList();
            Assert.Equal(100, names.Distinct().Count());
            Assert.All(names, name => Assert.StartsWith("$", name));
            Assert.Throws<InvalidActorNameException>(() => context.ActorOf(Puppets(), names[0]));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("$a")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("%")]
    [InlineData("%4g")]
    public void A_name_that_is_no_part_of_a_path_is_refused(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Puppet(name));

    [Theory]
    [InlineData("a")]
    [InlineData("a-b_c.d*e$f+g:h@i&j=k,l!m~n'o;p(q)")]
    [InlineData("%4a%20")]
    public void A_name_of_letters_digits_symbols_and_escapes_is_taken(string name) =>
        Assert.Equal(name, Puppet(name).Path.Name);

    [Fact]
    public async Task A_name_is_taken_until_its_actor_has_stopped()
    {
        var first = Puppet("same");
        Assert.Throws<InvalidActorNameException>(() => Puppet("same"));
        Sys.Stop(first);
        await Gone(first, Sys);
        var second = await Retry(() => Puppet("same"));
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Stopping_a_child_is_between_the_two_of_them()
    {
        var parent = Puppet();
        var child = await Inside(parent, context => context.ActorOf(Diaries(), "c"));
        await Inside(parent, context => context.Stop(context.Child("c")));
        await Journal.Expect("c created", "c PreStart", "c PostStop");
        await Gone(child, Sys);
    }

    [Fact]
    public async Task An_actor_may_stop_itself()
    {
        var actor = Puppet();
        await Inside(actor, context => context.Stop(context.Self));
        await Gone(actor, Sys);
    }

    [Fact]
    public async Task An_actor_that_is_stopping_makes_no_more_children()
    {
        var actor = Sys.ActorOf(Props.Create(() => new MakesChildWhenStopped(Journal)));
        Sys.Stop(actor);
        await Journal.Next<InvalidOperationException>();
    }

    [Fact]
    public async Task Behaviours_replace_each_other_and_stack()
    {
        var actor = Puppet();
        await Inside(actor, context => context.Become(Second));
        actor.Tell("to the second");
        await Journal.Expect("second: to the second");
        actor.Tell("stack");
        actor.Tell("to the third");
        await Journal.Expect("third: to the third");
        actor.Tell("unstack");
        actor.Tell("again");
        await Journal.Expect("second: again");
        actor.Tell("unstack");
        actor.Tell("what it began with is still there");
        await Journal.Expect("what it began with is still there");
        await Inside(actor, context => context.UnbecomeStacked());
        actor.Tell("and stays");
        await Journal.Expect("and stays");

        void Second(object message)
        {
            if (message is "stack")
                Current().BecomeStacked(Third);
            else if (message is "unstack")
                Current().UnbecomeStacked();
            else
                Journal.Add($"second: {message}");
        }

        void Third(object message)
        {
            if (message is "unstack")
                Current().UnbecomeStacked();
            else
                Journal.Add($"third: {message}");
        }

        static IUntypedActorContext Current() => CurrentContext.Get();
    }

    [Fact]
    public async Task A_receive_that_takes_nothing_leaves_the_message_unhandled()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(Akka.Event.UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new Chooses()));
        actor.Tell("empty");
        actor.Tell("ignored");
        Assert.Equal("ignored", (await Journal.Next<Akka.Event.UnhandledMessage>()).Message);
    }

    [Fact]
    public async Task A_restart_forgets_behaviours()
    {
        var actor = Puppet();
        await Inside(actor, context => context.Become(message => throw new InvalidOperationException("boom")));
        actor.Tell("fail");
        actor.Tell("as at first");
        await Journal.Expect("as at first");
    }

    // The mailbox of the parent frees the name after it has told the watchers of the child.
    private static async Task<IActorRef> Retry(Func<IActorRef> make)
    {
        const int attempts = 1000;
        for (var i = 1; ; i++)
        {
            try
            {
                return make();
            }
            catch (InvalidActorNameException) when (i < attempts)
            {
                await Task.Yield();
            }
        }
    }

    private abstract class CurrentContext : UntypedActor
    {
        public static IUntypedActorContext Get() => Context;
    }

    private sealed class ReportsSender(Journal journal) : UntypedActor
    {
        protected override void OnReceive(object message) => journal.Add(Sender);
    }

    private sealed class MakesChildWhenStopped(Journal journal) : Puppet(journal)
    {
        protected override void PostStop()
        {
            try
            {
                Context.ActorOf(Props.Empty, "late");
            }
            catch (InvalidOperationException refused)
            {
                Journal.Add(refused);
            }
        }
    }

    private sealed class Chooses : ActorBase
    {
        protected override bool Receive(object message)
        {
            Become(EmptyReceive);
            return message is "empty";
        }
    }
}
