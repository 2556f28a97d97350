using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Util;

namespace Handoff.Compat.Tests.Actors;

public sealed class SetupTests
{
    [Fact]
    public void A_setup_holds_one_of_each_type()
    {
        var (one, other) = (new One(1), new Other());
        var setup = ActorSystemSetup.Create(one, other);
        Assert.Same(one, setup.Get<One>().Value);
        Assert.Same(other, setup.Get<Other>().Value);
        Assert.True(ActorSystemSetup.Empty.Get<One>().IsEmpty);
        var replaced = setup.WithSetup(new One(2));
        Assert.Equal(2, replaced.Get<One>().Value.Number);
        Assert.Equal(1, setup.Get<One>().Value.Number);
        Assert.True(ActorSystemSetup.Empty.And(other).Get<Other>().HasValue);
        Assert.True(one.And(other).Get<Other>().HasValue);
        Assert.Contains(nameof(One), setup.ToString());
    }

    [Fact]
    public void A_system_keeps_its_setup()
    {
        var quiet = BootstrapSetup.Create().WithConfig(
            ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }"));
        using var system = ActorSystem.Create("setup", quiet.And(new One(7)));
        Assert.Equal(7, system.Settings.Setup.Get<One>().Value.Number);
    }

    [Fact]
    public void A_bootstrap_holds_a_configuration_and_what_comes_behind_it()
    {
        var bootstrap = BootstrapSetup.Create();
        Assert.True(bootstrap.Config.IsEmpty);
        var config = bootstrap.WithConfig("a = 1").WithConfigFallback("a = 2, b = 3").Config.Value;
        Assert.Equal((1, 3), (config.GetInt("a"), config.GetInt("b")));
        Assert.Equal(2, bootstrap.WithConfigFallback("a = 2").Config.Value.GetInt("a"));
    }

    [Fact]
    public void An_option_has_a_value_or_not()
    {
        Option<string> some = "text";
        var none = Option<string>.None;
        Assert.True(some.HasValue);
        Assert.False(some.IsEmpty);
        Assert.True(none.IsEmpty);
        Assert.Equal("text", some.Value);
        Assert.Equal("text", some.GetOrElse("other"));
        Assert.Equal("other", none.GetOrElse("other"));
        Assert.Equal("Some<text>", some.ToString());
        Assert.Equal("None", none.ToString());
        Assert.True(Option<string>.Create(null!).IsEmpty);
    }

    [Fact]
    public void Options_are_equal_where_their_values_are()
    {
        var (one, same, other) = (Option<int>.Create(1), Option<int>.Create(1), Option<int>.Create(2));
        Assert.True(one == same);
        Assert.True(one != other);
        Assert.True(one.Equals(same));
        Assert.True(one.Equals((object)same));
        Assert.False(one.Equals("text"));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
    }

    [Fact]
    public void An_option_is_mapped_where_it_has_a_value()
    {
        var some = Option<int>.Create(2);
        Assert.Equal(4, some.Select(x => x * 2).Value);
        Assert.True(Option<int>.None.Select(x => x * 2).IsEmpty);
        Assert.Equal(4, some.FlatSelect(x => Option<int>.Create(x * 2)).Value);
        Assert.True(some.FlatSelect(_ => Option<int>.None).IsEmpty);
        var seen = 0;
        some.OnSuccess(x => seen = x);
        Option<int>.None.OnSuccess(_ => seen = -1);
        Assert.Equal(2, seen);
    }

    private sealed class One(int number) : Setup
    {
        public int Number { get; } = number;
    }

    private sealed class Other : Setup;
}
