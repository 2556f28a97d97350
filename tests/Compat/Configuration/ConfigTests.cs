using System.Reflection;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Handoff.Compat.Tests.Configuration;

public sealed class ConfigTests
{
    [Fact]
    public void A_fallback_says_what_is_not_said_otherwise()
    {
        var config = Parse("a { b = 1 }").WithFallback(Parse("a { b = 2, c = 3 }\nd = 4"));

        Assert.Equal([1, 3, 4], config.Ints("a.b", "a.c", "d"));
        Assert.Equal(3, config.GetConfig("a").GetInt("c"));
        Assert.Equal(4, config.Fallback.GetInt("d"));
    }

    [Fact]
    public void Fallbacks_can_be_chained_and_the_first_that_says_it_wins()
    {
        var config = Parse("a = 1").WithFallback(Parse("a = 2\nb = 2")).WithFallback(Parse("b = 3\nc = 3"));

        Assert.Equal([1, 2, 3], config.Ints("a", "b", "c"));
    }

    [Fact]
    public void A_list_of_a_fallback_is_replaced_as_a_whole()
    {
        var config = Parse("a = [1]").WithFallback(Parse("a = [2, 3]"));

        Assert.Equal([1], config.GetIntList("a"));
    }

    [Fact]
    public void A_fallback_changes_neither_of_the_two()
    {
        var first = Parse("a { b = 1 }");
        var second = Parse("a { c = 2 }");

        _ = first.WithFallback(second);

        Assert.False(first.HasPath("a.c"));
        Assert.False(second.HasPath("a.b"));
    }

    [Fact]
    public void No_fallback_or_one_that_adds_nothing_changes_nothing()
    {
        var config = Parse("a { b = 1 }\nc = [1, 2]");

        Assert.Same(config, config.WithFallback(null));
        Assert.Same(config, config.WithFallback(Parse("a.b = 1\nc = [2]")));
        Assert.NotSame(config, config.WithFallback(Parse("a.b = 2")));
        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
    }

    [Fact]
    public void Of_an_empty_configuration_the_fallback_is_left()
    {
        var fallback = Parse("a = 1");

        Assert.Same(fallback, Config.Empty.WithFallback(fallback));
        Assert.Same(fallback, ((Config?)null).SafeWithFallback(fallback));
        Assert.Same(fallback, fallback.SafeWithFallback(fallback));
        Assert.Equal(2, fallback.SafeWithFallback(Parse("b = 2")).GetInt("b"));
    }

    [Fact]
    public void A_configuration_without_values_is_empty()
    {
        Assert.True(Config.Empty.IsEmpty);
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.True(new Config().IsEmpty);
        Assert.True(((Config?)null).IsNullOrEmpty());
        Assert.True(Config.Empty.IsNullOrEmpty());
        Assert.False(Parse("a = 1").IsNullOrEmpty());
    }

    [Fact]
    public void A_configuration_that_was_made_of_nothing_cannot_be_asked() =>
        Assert.Throws<InvalidOperationException>(() => new Config().GetInt("a"));

    [Fact]
    public void A_part_is_a_configuration_with_the_fallbacks_of_the_whole()
    {
        var config = Parse("a.b { x = 1 }").WithFallback(Parse("a.b { x = 2, y = 2 }"));

        var part = config.GetConfig("a.b");

        Assert.Equal((1, 2), (part.GetInt("x"), part.GetInt("y")));
        Assert.Equal(2, new Config(Parse("z = 1"), Parse("a.b.y = 2")).GetConfig("a.b").GetInt("y"));
    }

    [Fact]
    public void The_top_level_can_be_gone_through_with_each_key_once()
    {
        var config = Parse("a = 1\nb = 2").WithFallback(Parse("b = 3\nc = 4"));

        Assert.Equal(
            [("a", 1), ("b", 2), ("c", 4)],
            config.AsEnumerable().Select(i => (i.Key, i.Value.GetInt())).OrderBy(i => i.Key));
    }

    [Fact]
    public void The_text_of_a_configuration_holds_the_fallback_on_demand_and_can_be_read_again()
    {
        var config = Parse("a { b = \"x y\" }").WithFallback(Parse("c = [1, 2]"));

        Assert.Equal(config.ToString(), config.ToString(includeFallback: false));
        Assert.DoesNotContain("c", config.ToString(), StringComparison.Ordinal);
        var again = Parse(config.ToString(includeFallback: true));
        Assert.Equal("x y", again.GetString("a.b"));
        Assert.Equal([1, 2], again.GetIntList("c"));
        Assert.Equal("", new Config().ToString());
    }

    [Fact]
    public void Text_can_stand_where_a_configuration_is_wanted()
    {
        Config config = "a = 1";

        Assert.Equal(2, (config + "b = 2").GetInt("b"));
        Assert.Equal(1, ("b = 2" + config).GetInt("a"));
    }

    [Fact]
    public void A_configuration_can_be_made_of_an_object()
    {
        var config = ConfigurationFactory.FromObject(new { a = new { b = "x \"y\"", c = true }, d = OneAndTwo });

        Assert.Equal("x \"y\"", config.GetString("a.b"));
        Assert.True(config.GetBoolean("a.c"));
        Assert.Equal([1, 2], config.GetIntList("d"));
    }

    [Fact]
    public void A_configuration_can_be_a_resource_of_an_assembly()
    {
        const string Resource = "Akka.Configuration.akka.conf";
        var assembly = typeof(Config).Assembly;

        foreach (var config in new[]
        {
            ConfigurationFactory.FromResource(Resource, assembly),
            ConfigurationFactory.FromResource(Resource, (object)assembly),
            ConfigurationFactory.FromResource(Resource, typeof(Config)),
            ConfigurationFactory.FromResource(Resource, Config.Empty),
            ConfigurationFactory.FromResource<Config>(Resource),
            ConfigurationFactory.Default(),
        })
            Assert.Equal("INFO", config.GetString("akka.loglevel"));
    }

    [Fact]
    public void The_reference_configuration_has_Akkas_keys_and_defaults()
    {
        var config = ConfigurationFactory.Default();

        Assert.Equal(30, config.GetInt("akka.actor.default-dispatcher.throughput"));
        Assert.Equal("Akka.Actor.HashedWheelTimerScheduler", config.GetString("akka.scheduler.implementation"));
        Assert.Equal(TimeSpan.FromMilliseconds(10), config.GetTimeSpan("akka.scheduler.tick-duration"));
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("akka.actor.ask-timeout"));
        Assert.Equal(TimeSpan.FromMinutes(5), config.GetTimeSpan("akka.log-dead-letters-suspend-duration"));
        Assert.Equal(TimeSpan.FromSeconds(5), config.GetTimeSpan("akka.coordinated-shutdown.default-phase-timeout"));
        Assert.Equal(12, config.GetConfig("akka.coordinated-shutdown.phases").AsEnumerable().Count());
    }

    [Fact]
    public void A_configuration_error_keeps_its_message_and_its_cause()
    {
        var cause = new FormatException("why");

        Assert.Equal("what", new ConfigurationException("what").Message);
        Assert.Same(cause, new ConfigurationException("what", cause).InnerException);
        var missing = ConfigurationException.NullOrEmptyConfig<Config>("a.b");
        Assert.Contains("a.b", missing.Message, StringComparison.Ordinal);
        var message = ConfigurationException.NullOrEmptyConfig<Config>().Message;
        Assert.Contains("Config", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_is_needed_and_its_value_too()
    {
        Assert.Throws<ArgumentNullException>(() => new Config(new HoconRoot(null)));
        Assert.Throws<ArgumentNullException>(() => new Config(null, Config.Empty));
    }

    private static readonly int[] OneAndTwo = [1, 2];

    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);
}
