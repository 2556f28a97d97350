using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class LifecycleTests : ActorTest
{
    [Fact]
    public async Task An_actor_is_made_started_and_stopped_in_that_order()
    {
        var actor = Diary("a");
        actor.Tell("hello");
        actor.Tell(PoisonPill.Instance);
        await Journal.Expect("a created", "a PreStart", "hello", "a PostStop");
    }

    [Fact]
    public async Task A_restart_calls_PreRestart_on_the_old_and_PostRestart_on_the_new_instance()
    {
        var actor = Diary("a");
        actor.Tell(new Fail(new InvalidOperationException("boom")));
        actor.Tell("after");
        await Journal.Expect(
            "a created", "a PreStart", "a PreRestart(boom, Fail)", "a PostStop", "a created", "a PostRestart(boom)",
            "a PreStart", "after");
    }

    [Fact]
    public async Task A_restart_keeps_the_reference_and_the_messages_that_wait()
    {
        var actor = Puppet("a");
        var uid = actor.Path.Uid;
        actor.Tell(new Fail(new InvalidOperationException("boom")));
        actor.Tell("one");
        actor.Tell("two");
        await Journal.Expect("one", "two");
        Assert.Equal(uid, (await Inside(actor, context => context.Self)).Path.Uid);
    }

    [Fact]
    public async Task A_restart_stops_the_children_unless_PreRestart_is_overridden()
    {
        var parent = Diary("p");
        await Inside(parent, context => context.ActorOf(Diaries(), "c"));
        await Journal.Expect("p created", "p PreStart", "c created", "c PreStart");
        parent.Tell(new Fail(new InvalidOperationException("boom")));
        await Journal.Expect(
            "p PreRestart(boom, Fail)", "p PostStop", "c PostStop", "p created", "p PostRestart(boom)", "p PreStart");
        Assert.Empty(await Inside(parent, context => context.GetChildren().ToList()));
    }

    [Fact]
    public async Task Children_that_PreRestart_leaves_alone_are_restarted_and_keep_their_references()
    {
        var parent = Sys.ActorOf(Props.Create(() => new KeepsChildren(Journal)), "p");
        var child = await Inside(parent, context => context.ActorOf(Diaries(), "c"));
        await Journal.Expect("c created", "c PreStart");
        parent.Tell(new Fail(new InvalidOperationException("boom")));
        await Journal.Expect(
            "p kept", "c PreRestart(boom, )", "c PostStop", "c created", "c PostRestart(boom)", "c PreStart");
        Assert.Equal(child, await Inside(parent, context => context.Child("c")));
        child.Tell("still there");
        await Journal.Expect("still there");
    }

    [Fact]
    public async Task Children_stop_before_their_parent()
    {
        var parent = Diary("p");
        var child = await Inside(parent, context => context.ActorOf(Diaries(), "c"));
        await Inside(child, context => context.ActorOf(Diaries(), "g"));
        await Journal.Expect("p created", "p PreStart", "c created", "c PreStart", "g created", "g PreStart");
        Sys.Stop(parent);
        await Journal.Expect("g PostStop", "c PostStop", "p PostStop");
    }

    [Fact]
    public async Task An_actor_whose_constructor_throws_is_stopped_with_the_cause_inside()
    {
        var parent = Sys.ActorOf(Props.Create(() => new RecordsFailures(Journal)));
        await Inside(parent, context => context.ActorOf(Props.Create(() => new BadConstructor(Journal)), "bad"));
        var failure = await Journal.Next<ActorInitializationException>();
        Assert.Equal("bad", failure.Actor.Path.Name);
        Assert.Contains("no constructor", failure.ToString());
        Assert.Contains("bad", failure.ToString());
        Assert.Equal(Directive.Stop, SupervisorStrategy.DefaultDecider.Decide(failure));
    }

    [Fact]
    public async Task An_actor_whose_PreStart_throws_is_stopped_and_never_gets_a_message()
    {
        var parent = Sys.ActorOf(Props.Create(() => new RecordsFailures(Journal)));
        var child = await Inside(parent, context => context.ActorOf(Props.Create(() => new BadPreStart(Journal))));
        child.Tell("never");
        var failure = await Journal.Next<ActorInitializationException>();
        Assert.Equal("no start", failure.InnerException!.Message);
        await Gone(child, Sys);
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task A_child_that_failed_to_start_is_made_anew_where_the_parent_restarts_it()
    {
        var parent = Sys.ActorOf(Props.Create(() => new RestartsAlways(Journal)));
        var attempts = new Attempts(failing: 1);
        var child = await Inside(
            parent, context => context.ActorOf(Props.Create(() => new StartsSecondTime(Journal, attempts))));
        child.Tell("hello");
        await Journal.Expect("attempt 1", "attempt 2", "hello");
    }

    [Fact]
    public async Task A_failing_PreRestart_does_not_keep_the_restart_from_happening()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(Akka.Event.Error));
        var actor = Sys.ActorOf(Props.Create(() => new BadPreRestart(Journal)));
        actor.Tell(new Fail(new InvalidOperationException("boom")));
        actor.Tell("after");
        var errors = new[] { await Journal.Next(), await Journal.Next(), await Journal.Next() };
        Assert.Contains("after", errors);
        var failure = errors.OfType<Akka.Event.Error>().Select(e => e.Cause).OfType<PreRestartException>().Single();
        Assert.Equal("no pre-restart", failure.RestartException.Message);
        Assert.IsType<Fail>(failure.OptionalMessage);
        Assert.Equal("boom", failure.InnerException!.Message);
    }

    [Fact]
    public async Task A_failing_PostRestart_is_a_failure_of_its_own()
    {
        var parent = Sys.ActorOf(Props.Create(() => new RecordsFailures(Journal)));
        var child = await Inside(parent, context => context.ActorOf(Props.Create(() => new BadPostRestart(Journal))));
        child.Tell(new Fail(new InvalidOperationException("boom")));
        Assert.Equal("boom", (await Journal.Next<InvalidOperationException>()).Message);
        var failure = await Journal.Next<PostRestartException>();
        Assert.Equal("boom", failure.OriginalCause.Message);
        Assert.Equal("no post-restart", failure.InnerException!.Message);
    }

    [Fact]
    public async Task The_Around_methods_wrap_the_hooks()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Wrapped(Journal)));
        actor.Tell("hello");
        actor.Tell(new Fail(new InvalidOperationException("boom")));
        actor.Tell(PoisonPill.Instance);
        await Journal.Expect(
            "around start", "start", "around receive", "hello", "around receive", "around pre-restart", "pre-restart",
            "around post-restart", "post-restart", "around stop", "stop");
    }

    [Fact]
    public async Task An_actor_that_is_disposable_is_disposed_after_it_stopped()
    {
        Sys.Stop(Sys.ActorOf(Props.Create(() => new DisposableActor(Journal))));
        await Journal.Expect("stopped", "disposed");
    }

    [Fact]
    public async Task An_actor_cannot_be_made_with_new() =>
        await Assert.ThrowsAsync<ActorInitializationException>(() => OnOwnThread(() => _ = new Puppet(Journal)));
}
