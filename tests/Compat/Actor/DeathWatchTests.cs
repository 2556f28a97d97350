using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class DeathWatchTests : ActorTest
{
    [Fact]
    public async Task Who_watches_is_told_of_the_end()
    {
        var (watcher, subject) = (Puppet("w"), Puppet("s"));
        await Inside(watcher, context => context.Watch(subject));
        Sys.Stop(subject);
        var terminated = await Journal.Next<Terminated>();
        Assert.Equal(subject, terminated.ActorRef);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
    }

    [Fact]
    public async Task Watching_a_dead_actor_tells_its_end_at_once()
    {
        var (watcher, subject) = (Puppet("w"), Puppet("s"));
        Sys.Stop(subject);
        await Gone(subject, Sys);
        await Inside(watcher, context => context.Watch(subject));
        Assert.Equal(subject, (await Journal.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task Watching_what_never_was_tells_an_end_without_existence()
    {
        var watcher = Puppet("w");
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka://test/user/never");
        await Inside(watcher, context => context.Watch(nobody));
        Assert.False((await Journal.Next<Terminated>()).ExistenceConfirmed);
    }

    [Fact]
    public async Task WatchWith_sends_the_given_message_instead()
    {
        var (watcher, subject) = (Puppet("w"), Puppet("s"));
        await Inside(watcher, context => context.WatchWith(subject, "it is gone"));
        Sys.Stop(subject);
        await Journal.Expect("it is gone");
    }

    [Fact]
    public async Task WatchWith_needs_a_message_and_all_watching_needs_a_subject()
    {
        var (watcher, subject) = (Puppet("w"), Puppet("s"));
        await Inside(watcher, context =>
        {
            Assert.Throws<ArgumentNullException>(() => context.WatchWith(subject, null));
            Assert.Throws<ArgumentNullException>(() => context.Watch(null));
            Assert.Throws<ArgumentNullException>(() => context.Unwatch(null));
        });
    }

    [Fact]
    public async Task The_first_way_of_watching_counts()
    {
        var (watcher, subject) = (Puppet("w"), Puppet("s"));
        await Inside(watcher, context =>
        {
            context.WatchWith(subject, "first");
            context.WatchWith(subject, "second");
            context.Watch(subject);
        });
        Sys.Stop(subject);
        await Journal.Expect("first");
        await Settled(watcher);
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task One_Unwatch_drops_the_watch_however_often_it_was_asked_for()
    {
        var (watcher, subject) = (Puppet("w"), Puppet("s"));
        await Inside(watcher, context =>
        {
            context.Watch(subject);
            context.Watch(subject);
            context.Unwatch(subject);
        });
        Sys.Stop(subject);
        await Gone(subject, Sys);
        await Settled(watcher);
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task An_end_that_happened_before_the_Unwatch_is_not_told_after_it()
    {
        var (watcher, subject) = (Puppet("w"), Puppet("s"));
        await Inside(watcher, context => context.Watch(subject));
        var (entered, leave) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var blocked = Inside(watcher, context =>
        {
            entered.Set();
            leave.Wait(Patience);
            context.Unwatch(subject);
        });
        entered.Wait(Patience);
        Sys.Stop(subject);
        await Gone(subject, Sys);
        leave.Set();
        await blocked;
        await Settled(watcher);
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task Terminated_that_comes_after_an_Unwatch_in_the_mailbox_is_not_delivered()
    {
        var (watcher, subject) = (Puppet("w"), Puppet("s"));
        await Inside(watcher, context => context.Watch(subject));
        var (entered, leave) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var blocked = Inside(watcher, context =>
        {
            entered.Set();
            leave.Wait(Patience);
        });
        entered.Wait(Patience);
        var unwatched = Inside(watcher, context => context.Unwatch(subject));
        Sys.Stop(subject);
        await Gone(subject, Sys);
        leave.Set();
        await blocked;
        await unwatched;
        await Settled(watcher);
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task Terminated_that_nobody_handles_is_a_failure()
    {
        var parent = Sys.ActorOf(Props.Create(() => new RecordsFailures(Journal)));
        var watcher = await Inside(parent, context => context.ActorOf(Props.Create(() => new Watches())));
        var subject = Puppet("s");
        await watcher.Ask(subject, Patience);
        Sys.Stop(subject);
        Assert.Equal(subject, (await Journal.Next<DeathPactException>()).DeadActor);
        await Gone(watcher, Sys);
    }

    [Fact]
    public async Task A_parent_may_watch_its_child_and_is_told_after_the_name_is_free()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Replaces(Journal)));
        parent.Tell("replace");
        await Journal.Expect("replaced");
    }

    [Fact]
    public async Task Watching_oneself_does_nothing()
    {
        var actor = Puppet("a");
        await Inside(actor, context => context.Watch(context.Self));
        Sys.Stop(actor);
        await Gone(actor, Sys);
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task A_restart_drops_no_watch()
    {
        var (watcher, subject) = (Puppet("w"), Puppet("s"));
        await Inside(watcher, context => context.Watch(subject));
        watcher.Tell(new Fail(new InvalidOperationException("boom")));
        await Settled(watcher);
        Sys.Stop(subject);
        await Journal.Next<Terminated>();
    }

    [Fact]
    public async Task Many_watchers_are_all_told()
    {
        const int watchers = 20;
        var subject = Puppet("s");
        for (var i = 0; i < watchers; i++)
            await Inside(Puppet(), context => context.WatchWith(subject, "gone"));
        Sys.Stop(subject);
        await Journal.Expect([.. Enumerable.Repeat<object>("gone", watchers)]);
    }

    private sealed class Watches : ReceiveActor
    {
        public Watches() => Receive<IActorRef>(subject => Sender.Tell(Context.Watch(subject)));
    }

    private sealed class Replaces : ReceiveActor
    {
        public Replaces(Journal journal)
        {
            Receive<string>(_ => Context.Stop(Context.Watch(Context.ActorOf(Props.Empty, "child"))));
            Receive<Terminated>(_ =>
            {
                Context.ActorOf(Props.Empty, "child");
                journal.Add("replaced");
            });
        }
    }
}
