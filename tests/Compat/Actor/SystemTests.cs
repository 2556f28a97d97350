using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Handoff.Compat.Tests.Actors;

public sealed class SystemTests : ActorTest
{
    private const string Quiet = "akka { loglevel = OFF, stdout-loglevel = OFF }";

    private static readonly Config s_config = ConfigurationFactory.ParseString(Quiet).WithFallback("mine = 7");

    [Fact]
    public async Task A_system_is_made_with_or_without_a_configuration()
    {
        var setup = BootstrapSetup.Create().WithConfig(s_config);
        ActorSystem[] systems =
        [
            ActorSystem.Create("config", s_config),
            ActorSystem.Create("bootstrap", setup),
            ActorSystem.Create("setup", ActorSystemSetup.Create(setup)),
        ];
        foreach (var system in systems)
        {
            Assert.Equal(7, system.Settings.Config.GetInt("mine"));
            await system.Terminate();
        }

        var plain = ActorSystem.Create("plain");
        Assert.Equal("plain", plain.Name);
        Assert.False(plain.Settings.Config.HasPath("mine"));
        await plain.Terminate();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a_b")]
    public void A_system_has_a_simple_name(string name) =>
        Assert.Throws<ArgumentException>(() => ActorSystem.Create(name, s_config));

    [Fact]
    public async Task Terminate_stops_all_actors()
    {
        var parent = Diary("p");
        await Inside(parent, context => context.ActorOf(Diaries(), "c"));
        await Journal.Expect("p created", "p PreStart", "c created", "c PreStart");
        Assert.False(Sys.WhenTerminated.IsCompleted);
        await Sys.Terminate();
        await Journal.Expect("c PostStop", "p PostStop");
        await Sys.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task Terminating_twice_is_the_same_as_once()
    {
        var first = Sys.Terminate();
        await Sys.Terminate().WaitAsync(Patience);
        await first.WaitAsync(Patience);
    }

    [Fact]
    public async Task Callbacks_run_at_the_end_the_last_registered_first()
    {
        Sys.RegisterOnTermination(() => Journal.Add("one"));
        Sys.RegisterOnTermination(() => Journal.Add("two"));
        await Sys.Terminate();
        await Journal.Expect("two", "one");
        await Sys.WhenTerminated.WaitAsync(Patience);
        Assert.Throws<InvalidOperationException>(() => Sys.RegisterOnTermination(() => { }));
    }

    [Fact]
    public void Dispose_terminates()
    {
        var system = ActorSystem.Create("disposed", s_config);
        system.Dispose();
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_system_that_has_ended_makes_no_more_actors()
    {
        await Sys.Terminate();
        Assert.Throws<InvalidOperationException>(() => Puppet());
    }

    [Fact]
    public async Task A_guardian_that_closes_takes_no_more_children()
    {
        var extended = (ExtendedActorSystem)Sys;
        using var user = new Reluctance();
        using var system = new Reluctance();
        Sys.ActorOf(Props.Create(() => new Reluctant(user)));
        extended.SystemActorOf(Props.Create(() => new Reluctant(system)));
        var ending = Sys.Terminate();
        await user.Reached.Task.WaitAsync(Patience);
        Assert.Throws<InvalidOperationException>(() => Puppet());
        Assert.Throws<InvalidOperationException>(() => Puppet("named"));
        extended.SystemActorOf(Puppets(), "late");
        user.Over.Set();
        await system.Reached.Task.WaitAsync(Patience);
        Assert.Throws<InvalidOperationException>(() => extended.SystemActorOf(Puppets(), "later"));
        system.Over.Set();
        await ending.WaitAsync(Patience);
    }

    [Fact]
    public void A_system_knows_its_parts()
    {
        Assert.Equal("test", Sys.Name);
        Assert.Equal("akka://test/deadLetters", Sys.DeadLetters.Path.ToString());
        Assert.NotNull(Sys.Scheduler);
        Assert.NotNull(Sys.EventStream);
        Assert.NotNull(Sys.Log);
        Assert.Equal("akka.actor.default-dispatcher", Sys.Dispatchers.DefaultGlobalDispatcher.Id);
        Assert.True(Sys.Uptime >= TimeSpan.Zero);
        Assert.Equal("akka://test", Sys.ToString());
    }

    [Fact]
    public void Settings_hold_what_was_configured()
    {
        var settings = Sys.Settings;
        Assert.Same(Sys, settings.System);
        Assert.Equal("OFF", settings.LogLevel);
        Assert.Equal("OFF", settings.StdoutLogLevel);
        Assert.Equal(Timeout.InfiniteTimeSpan, settings.AskTimeout);
        Assert.Equal(["Akka.Event.DefaultLogger"], settings.Loggers);
        Assert.Equal("akka.actor.default-dispatcher", settings.LoggersDispatcher);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.LoggerStartTimeout);
        Assert.Equal(10, settings.LogDeadLetters);
        Assert.Equal(TimeSpan.FromMinutes(5), settings.LogDeadLettersSuspendDuration);
        Assert.False(settings.LogDeadLettersDuringShutdown);
        Assert.False(settings.LogConfigOnStart);
        Assert.False(settings.AddLoggingReceive);
        Assert.False(settings.DebugAutoReceive);
        Assert.False(settings.DebugLifecycle);
        Assert.False(settings.DebugEventStream);
        Assert.False(settings.DebugUnhandledMessage);
        Assert.Equal("Akka.Actor.HashedWheelTimerScheduler", settings.SchedulerClass);
        Assert.Equal("Akka.Actor.DefaultSupervisorStrategy", settings.SupervisorStrategyClass);
        Assert.True(settings.CoordinatedShutdownTerminateActorSystem);
        Assert.True(settings.CoordinatedShutdownRunByActorSystemTerminate);
        Assert.NotNull(settings.LogFormatter);
        Assert.NotNull(settings.StdoutLogger);
        Assert.Contains("scheduler", settings.ToString());
    }

    [Fact]
    public void Settings_can_be_made_for_a_configuration()
    {
        var settings = new Settings(null, ConfigurationFactory.ParseString("akka.actor.ask-timeout = 7s"));
        Assert.Equal(TimeSpan.FromSeconds(7), settings.AskTimeout);
        settings = new Settings(null, ConfigurationFactory.Empty, ActorSystemSetup.Empty);
        Assert.Same(ActorSystemSetup.Empty, settings.Setup);
        settings.InjectTopLevelFallback(ConfigurationFactory.ParseString("late = 7"));
        Assert.Equal(7, settings.Config.GetInt("late"));
    }

    [Fact]
    public async Task System_actors_outlive_the_users()
    {
        var extended = (ExtendedActorSystem)Sys;
        var system = extended.SystemActorOf(Diaries(), "sys");
        Assert.Equal("akka://test/system/sys", system.Path.ToString());
        Assert.Equal("akka://test/system/empty", extended.SystemActorOf<Nothing>("empty").Path.ToString());
        await Journal.Expect("sys created", "sys PreStart");
        Diary("user");
        await Journal.Expect("user created", "user PreStart");
        await Sys.Terminate();
        await Journal.Expect("user PostStop", "sys PostStop");
    }

    [Fact]
    public async Task System_actors_can_be_stopped()
    {
        var system = ((ExtendedActorSystem)Sys).SystemActorOf(Puppets());
        Sys.Stop(system);
        await Gone(system, Sys);
    }

    [Fact]
    public void The_provider_knows_the_paths_and_finds_actors()
    {
        var provider = ((ExtendedActorSystem)Sys).Provider;
        Assert.Equal("akka://test/", provider.RootPath.ToString());
        Assert.Equal("akka://test", provider.DefaultAddress.ToString());
        Assert.Same(Sys.DeadLetters, provider.DeadLetters);
        Assert.Same(Sys.Settings, provider.Settings);
        var actor = Puppet("a");
        Assert.Equal(actor, provider.ResolveActorRef("akka://test/user/a"));
        Assert.Equal(actor, provider.ResolveActorRef(actor.Path));
        Assert.Equal(provider.DeadLetters, provider.ResolveActorRef("no path"));
        Assert.Equal(provider.DeadLetters, provider.ResolveActorRef("akka://other/user/a"));
        Assert.Equal("akka://test/user/none", provider.ResolveActorRef("akka://test/user/none").Path.ToString());
    }

    [Fact]
    public async Task The_configured_strategy_is_that_of_the_guardian()
    {
        using var system = ActorSystem.Create("stopping", ConfigurationFactory.ParseString($$"""
            {{Quiet}}
            akka.actor.guardian-supervisor-strategy = "Akka.Actor.StoppingSupervisorStrategy"
            """));
        var actor = system.ActorOf(Puppets());
        actor.Tell(new Fail(new InvalidOperationException("boom")));
        await Gone(actor, system);
    }

    private sealed class Reluctance : IDisposable
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Over { get; } = new();

        // Never disposed: a test that fails leaves an actor that waits.
        public void Dispose() => Over.Set();
    }

    private sealed class Reluctant(Reluctance reluctance) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop()
        {
            reluctance.Reached.SetResult();
            Assert.True(reluctance.Over.Wait(Patience));
        }
    }

    private sealed class Nothing : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
