using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Compat.Tests.Hosting;

public sealed class HoconOfTheHostTests : HostTest
{
    [Fact]
    public void What_is_appended_gives_way_and_what_is_prepended_or_replaces_wins()
    {
        var builder = NewBuilder();
        Assert.False(builder.Configuration.HasValue);

        builder.AddHocon("a = 1\nb = 1\nc = 1", HoconAddMode.Prepend);
        builder.AddHocon("a = 2\nd = 2", HoconAddMode.Append);
        builder.AddHocon("b = 3", HoconAddMode.Prepend);
        builder.AddHocon("c = 4", HoconAddMode.Replace);

        var config = builder.Configuration.Value;
        Assert.Equal((1, 3, 4, 2), (config.GetInt("a"), config.GetInt("b"), config.GetInt("c"), config.GetInt("d")));
        Assert.Throws<ArgumentNullException>(() => builder.AddHocon((Config)null!, HoconAddMode.Append));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddHocon("a = 1", (HoconAddMode)17));
    }

    [Fact]
    public void Hocon_can_stand_in_a_file()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "a { b = 5s }");
        try
        {
            var builder = NewBuilder().AddHoconFile(path, HoconAddMode.Prepend);

            Assert.Equal(TimeSpan.FromSeconds(5), builder.Configuration.Value.GetTimeSpan("a.b"));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Throws<FileNotFoundException>(() => NewBuilder().AddHoconFile(path, HoconAddMode.Append));
    }

    [Fact]
    public void The_configuration_of_the_host_can_be_read_as_hocon()
    {
        var host = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Akka:LogLevel"] = "DEBUG",
            ["Akka:log_config_on_start"] = "True",
            ["Akka:Actor.Debug:Unhandled"] = "False",
            ["Akka:Loggers:1"] = "second",
            ["Akka:Loggers:0"] = "first",
            ["Other:\"With.Dots\":x"] = "1",
        }).Build();

        var all = NewBuilder().AddHocon(host, HoconAddMode.Prepend).Configuration.Value;
        Assert.Equal("DEBUG", all.GetString("akka.loglevel"));
        Assert.True(all.GetBoolean("akka.log-config-on-start"));
        Assert.False(all.GetBoolean("akka.actor.debug.unhandled", true));
        Assert.Equal(["first", "second"], all.GetStringList("akka.loggers"));
        Assert.Equal(1, all.GetInt("other.\"with.dots\".x"));

        var section = NewBuilder()
            .AddHocon(host.GetSection("Akka"), HoconAddMode.Prepend, normalizeKeys: false).Configuration.Value;
        Assert.Equal("DEBUG", section.GetString("Akka.LogLevel"));
        Assert.False(section.HasPath("Other"));
    }

    [Fact]
    public async Task The_time_for_an_ask_can_be_set()
    {
        var host = await Start(akka => akka.WithActorAskTimeout(TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromSeconds(3), SystemOf(host).Settings.AskTimeout);

        var none = NewBuilder().WithActorAskTimeout(TimeSpan.Zero).Configuration.Value;
        Assert.Equal(Timeout.InfiniteTimeSpan, none.GetTimeSpan("akka.actor.ask-timeout"));
    }

    [Fact]
    public async Task What_is_said_after_the_start_has_no_effect()
    {
        var host = await Start(akka => akka.AddHocon("my.key = 1", HoconAddMode.Prepend));
        var builder = host.Services.GetRequiredService<AkkaConfigurationBuilder>();

        builder.AddHocon("my.key = 2", HoconAddMode.Prepend);
        builder.AddStartup((_, _) => Assert.Fail("too late"));
        builder.AddSetup(Akka.Actor.BootstrapSetup.Create().WithConfig("my.key = 3"));

        Assert.Equal(1, builder.Configuration.Value.GetInt("my.key"));
    }

    private static AkkaConfigurationBuilder NewBuilder() => new(new ServiceCollection(), "s");
}
