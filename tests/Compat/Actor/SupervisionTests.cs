using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Actors;

public sealed class SupervisionTests : ActorTest
{
    private static readonly InvalidOperationException s_boom = new("boom");

    private Props Supervisors(SupervisorStrategy strategy) => Puppets().WithSupervisorStrategy(strategy);

    private async Task<IActorRef> ChildUnder(SupervisorStrategy strategy, string name = "c")
    {
        var parent = Sys.ActorOf(Supervisors(strategy));
        var child = await Inside(parent, context => context.ActorOf(Diaries(), name));
        await Journal.Expect($"{name} created", $"{name} PreStart");
        return child;
    }

    private Task ExpectRestart(string name = "c", string message = "Fail") => Journal.Expect(
        $"{name} PreRestart(boom, {message})", $"{name} PostStop", $"{name} created", $"{name} PostRestart(boom)",
        $"{name} PreStart");

    [Fact]
    public async Task Resume_goes_on_with_the_same_instance_and_the_next_message()
    {
        var child = await ChildUnder(new OneForOneStrategy(_ => Directive.Resume));
        child.Tell(new Fail(s_boom));
        child.Tell("after");
        await Journal.Expect("after");
    }

    [Fact]
    public async Task Restart_makes_a_new_instance()
    {
        var child = await ChildUnder(new OneForOneStrategy(_ => Directive.Restart));
        child.Tell(new Fail(s_boom));
        await ExpectRestart();
    }

    [Fact]
    public async Task Stop_ends_the_child()
    {
        var child = await ChildUnder(new OneForOneStrategy(_ => Directive.Stop));
        child.Tell(new Fail(s_boom));
        child.Tell("never");
        await Journal.Expect("c PostStop");
        await Gone(child, Sys);
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task Escalate_makes_it_the_failure_of_the_parent()
    {
        var top = Sys.ActorOf(Supervisors(new OneForOneStrategy(_ => Directive.Restart)));
        var escalating = Diaries().WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Escalate));
        var middle = await Inside(top, context => context.ActorOf(escalating, "m"));
        var child = await Inside(middle, context => context.ActorOf(Diaries(), "c"));
        await Journal.Expect("m created", "m PreStart", "c created", "c PreStart");
        child.Tell(new Fail(s_boom));
        Assert.StartsWith("m PreRestart(boom", (string)await Journal.Next());
        await Journal.Expect("m PostStop", "c PostStop", "m created", "m PostRestart(boom)", "m PreStart");
    }

    [Fact]
    public async Task A_failure_that_reaches_the_guardian_is_decided_by_its_strategy()
    {
        var child = await Inside(
            Sys.ActorOf(Supervisors(new OneForOneStrategy(_ => Directive.Escalate))),
            context => context.ActorOf(Puppets()));
        child.Tell(new Fail(s_boom));
        await Gone(child, Sys);
    }

    [Fact]
    public async Task Escalating_to_a_guardian_that_escalates_ends_the_system()
    {
        using var system = ActorSystem.Create(
            "escalating",
            Akka.Configuration.ConfigurationFactory.ParseString($"""
                akka.loglevel = OFF
                akka.stdout-loglevel = OFF
                akka.actor.guardian-supervisor-strategy = "{typeof(Escalating).AssemblyQualifiedName}"
                """));
        system.ActorOf(Puppets()).Tell(new Fail(s_boom));
        await system.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task More_restarts_than_allowed_stop_the_child()
    {
        var child = await ChildUnder(new OneForOneStrategy(2, null, _ => Directive.Restart));
        child.Tell(new Fail(s_boom));
        child.Tell(new Fail(s_boom));
        child.Tell(new Fail(s_boom));
        await ExpectRestart();
        await ExpectRestart();
        await Journal.Expect("c PostStop");
    }

    [Fact]
    public async Task A_window_without_a_limit_allows_one_restart_within_it()
    {
        var child = await ChildUnder(new OneForOneStrategy(null, TimeSpan.FromHours(1), _ => Directive.Restart));
        child.Tell(new Fail(s_boom));
        child.Tell(new Fail(s_boom));
        await ExpectRestart();
        await Journal.Expect("c PostStop");
    }

    [Fact]
    public async Task A_limit_within_a_window_counts_the_restarts_in_it()
    {
        var strategy = new OneForOneStrategy(1, (int)TimeSpan.FromHours(1).TotalMilliseconds, _ => Directive.Restart);
        var child = await ChildUnder(strategy);
        child.Tell(new Fail(s_boom));
        child.Tell(new Fail(s_boom));
        await ExpectRestart();
        await Journal.Expect("c PostStop");
    }

    [Fact]
    public async Task No_restart_is_allowed_where_the_limit_is_none()
    {
        var child = await ChildUnder(new OneForOneStrategy(0, -1, _ => Directive.Restart));
        child.Tell(new Fail(s_boom));
        await Journal.Expect("c PostStop");
    }

    [Fact]
    public async Task Without_limits_a_child_is_restarted_each_time()
    {
        const int failures = 20;
        var child = await ChildUnder(new OneForOneStrategy(_ => Directive.Restart, loggingEnabled: false));
        for (var i = 0; i < failures; i++)
            child.Tell(new Fail(s_boom));
        for (var i = 0; i < failures; i++)
            await ExpectRestart();
    }

    [Fact]
    public async Task Siblings_are_left_alone_by_one_for_one()
    {
        var parent = Sys.ActorOf(Supervisors(new OneForOneStrategy(_ => Directive.Restart)));
        var one = await Inside(parent, context => context.ActorOf(Diaries(), "one"));
        var other = await Inside(parent, context => context.ActorOf(Puppets(), "other"));
        await Journal.Expect("one created", "one PreStart");
        one.Tell(new Fail(s_boom));
        await ExpectRestart("one");
        other.Tell("undisturbed");
        await Journal.Expect("undisturbed");
    }

    [Fact]
    public async Task All_for_one_restarts_the_siblings_too()
    {
        var parent = Sys.ActorOf(Supervisors(new AllForOneStrategy(_ => Directive.Restart)));
        var one = await Inside(parent, context => context.ActorOf(Puppets(), "one"));
        await Inside(parent, context => context.ActorOf(Diaries(), "other"));
        await Journal.Expect("other created", "other PreStart");
        one.Tell(new Fail(s_boom));
        await ExpectRestart("other", message: "");
    }

    [Fact]
    public async Task All_for_one_stops_the_siblings_too()
    {
        var parent = Sys.ActorOf(Supervisors(new AllForOneStrategy(_ => Directive.Stop)));
        var one = await Inside(parent, context => context.ActorOf(Puppets(), "one"));
        var other = await Inside(parent, context => context.ActorOf(Puppets(), "other"));
        one.Tell(new Fail(s_boom));
        await Gone(one, Sys);
        await Gone(other, Sys);
    }

    [Fact]
    public async Task All_for_one_stops_all_after_more_restarts_than_allowed()
    {
        var parent = Sys.ActorOf(Supervisors(new AllForOneStrategy(1, null, _ => Directive.Restart)));
        var one = await Inside(parent, context => context.ActorOf(Puppets(), "one"));
        var other = await Inside(parent, context => context.ActorOf(Puppets(), "other"));
        one.Tell(new Fail(s_boom));
        one.Tell(new Fail(s_boom));
        await Gone(one, Sys);
        await Gone(other, Sys);
    }

    [Fact]
    public async Task Kill_stops_an_actor_under_the_default_strategy()
    {
        var parent = Sys.ActorOf(Props.Create(() => new RecordsFailures(Journal)));
        var child = await Inside(parent, context => context.ActorOf(Puppets()));
        child.Tell(Kill.Instance);
        await Gone(child, Sys);
        await Journal.Next<ActorKilledException>();
    }

    [Fact]
    public async Task A_strategy_by_props_goes_before_that_of_the_class()
    {
        var parent = Sys.ActorOf(Props
            .Create(() => new RestartsAlways(Journal))
            .WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy));
        var child = await Inside(parent, context => context.ActorOf(Puppets()));
        child.Tell(new Fail(s_boom));
        await Gone(child, Sys);
    }

    [Fact]
    public async Task A_failure_is_logged_as_an_error_of_the_child_unless_logging_is_off()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(Error));
        var quiet = Sys.ActorOf(Supervisors(new OneForOneStrategy(_ => Directive.Stop, loggingEnabled: false)));
        var quietly = await Inside(quiet, context => context.ActorOf(Puppets()));
        quietly.Tell(new Fail(new InvalidOperationException("no")));
        var loud = Sys.ActorOf(Supervisors(new OneForOneStrategy(_ => Directive.Stop)));
        var child = await Inside(loud, context => context.ActorOf(Puppets()));
        child.Tell(new Fail(s_boom));
        var error = await Journal.Next<Error>();
        Assert.Equal("boom", error.Message);
        Assert.Same(s_boom, error.Cause);
        Assert.Equal(child.Path.ToString(), error.LogSource);
    }

    [Fact]
    public async Task What_is_resumed_is_logged_as_a_warning()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(Warning));
        var parent = Sys.ActorOf(Supervisors(new OneForOneStrategy(_ => Directive.Resume)));
        (await Inside(parent, context => context.ActorOf(Puppets()))).Tell(new Fail(s_boom));
        Assert.Equal("boom", (await Journal.Next<Warning>()).Message);
    }

    [Fact]
    public async Task The_children_of_a_failed_actor_wait_until_it_is_decided()
    {
        var (entered, leave) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var top = Sys.ActorOf(Supervisors(new OneForOneStrategy(_ =>
        {
            entered.Set();
            leave.Wait(Patience);
            return Directive.Resume;
        })));
        var middle = await Inside(top, context => context.ActorOf(Puppets()));
        var child = await Inside(middle, context => context.ActorOf(Puppets()));
        middle.Tell(new Fail(s_boom));
        entered.Wait(Patience);
        child.Tell("on it goes");
        for (var i = 0; i < 10; i++)
            await Settled(Puppet());
        Journal.ExpectNothing();
        leave.Set();
        await Journal.Expect("on it goes");
    }

    [Fact]
    public async Task A_strategy_may_have_its_own_way_of_logging()
    {
        var parent = Sys.ActorOf(Supervisors(new LogsItsOwnWay(Journal)));
        var child = await Inside(parent, context => context.ActorOf(Puppets(), "c"));
        child.Tell(new Fail(s_boom));
        await Journal.Expect("c: Stop for boom, True");
    }

    private sealed class LogsItsOwnWay(Journal journal) : OneForOneStrategy(_ => Directive.Stop)
    {
        protected override void LogFailure(
            IActorContext context, IActorRef child, Exception cause, Directive directive) =>
            journal.Add($"{child.Path.Name}: {directive} for {cause.Message}, {LoggingEnabled}");
    }

    private sealed class Escalating : SupervisorStrategyConfigurator
    {
        public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
    }
}
