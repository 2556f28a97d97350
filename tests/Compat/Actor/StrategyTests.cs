using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class StrategyTests
{
    [Fact]
    public void The_default_decider_restarts_what_failed_and_stops_what_could_not_start_or_was_to_end()
    {
        var decider = SupervisorStrategy.DefaultDecider;
        Assert.Equal(Directive.Restart, decider.Decide(new InvalidOperationException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorInitializationException("")));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorKilledException("")));
        Assert.Equal(Directive.Stop, decider.Decide(new DeathPactException(ActorRefs.Nobody)));
        Assert.Same(decider, SupervisorStrategy.DefaultStrategy.Decider);
    }

    [Fact]
    public void A_decider_by_type_takes_the_first_type_that_fits()
    {
        var decider = Decider.From(
            Directive.Escalate,
            Directive.Resume.When<ArgumentNullException>(),
            Directive.Stop.When<ArgumentException>());
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentException()));
        Assert.Equal(Directive.Escalate, decider.Decide(new InvalidOperationException()));
        Assert.Equal(Directive.Escalate, decider.DefaultDirective);
        Assert.Equal(2, decider.Pairs.Length);
    }

    [Fact]
    public void A_decider_may_be_made_from_a_list_and_from_a_function()
    {
        var pairs = new List<KeyValuePair<Type, Directive>> { Directive.Stop.When<ArgumentException>() };
        Assert.Equal(Directive.Stop, Decider.From(Directive.Resume, pairs).Decide(new ArgumentException()));
        Assert.Equal(Directive.Stop, new DeployableDecider(Directive.Resume, pairs).Decide(new ArgumentException()));
        Assert.Equal(Directive.Resume, Decider.From(_ => Directive.Resume).Decide(new ArgumentException()));
        Assert.Equal(Directive.Stop, new LocalOnlyDecider(_ => Directive.Stop).Decide(new ArgumentException()));
    }

    [Fact]
    public void Strategies_say_what_they_were_made_with()
    {
        var decider = Decider.From(_ => Directive.Stop);
        var oneForOne = new OneForOneStrategy(3, TimeSpan.FromSeconds(5), decider);
        Assert.Equal((3, 5000), (oneForOne.MaxNumberOfRetries, oneForOne.WithinTimeRangeMilliseconds));
        Assert.Same(decider, oneForOne.Decider);
        var allForOne = new AllForOneStrategy(3, 5000, decider, loggingEnabled: false);
        Assert.Equal((3, 5000), (allForOne.MaxNumberOfRetries, allForOne.WithinTimeRangeMilliseconds));
        Assert.Same(decider, allForOne.Decider);
    }

    [Fact]
    public void Without_numbers_a_strategy_has_no_limits()
    {
        var decider = Decider.From(_ => Directive.Stop);
        Assert.Equal(-1, new OneForOneStrategy(decider).MaxNumberOfRetries);
        Assert.Equal(-1, new OneForOneStrategy(_ => Directive.Stop).WithinTimeRangeMilliseconds);
        Assert.Equal(-1, new OneForOneStrategy(null, null, decider).MaxNumberOfRetries);
        Assert.Equal(-1, new AllForOneStrategy(decider).MaxNumberOfRetries);
        Assert.Equal(-1, new AllForOneStrategy(null, null, _ => Directive.Stop).MaxNumberOfRetries);
        Assert.Equal(7, new AllForOneStrategy(1, 7, _ => Directive.Stop).WithinTimeRangeMilliseconds);
        Assert.Equal(7, new OneForOneStrategy(1, 7, decider).WithinTimeRangeMilliseconds);
    }

    [Fact]
    public void The_configurators_make_the_strategies_of_their_names()
    {
        Assert.Same(SupervisorStrategy.DefaultStrategy, new DefaultSupervisorStrategy().Create());
        Assert.Same(SupervisorStrategy.StoppingStrategy, new StoppingSupervisorStrategy().Create());
        Assert.Equal(
            Directive.Stop, SupervisorStrategy.StoppingStrategy.Decider.Decide(new InvalidOperationException()));
    }
}
