using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;
using Xunit.Abstractions;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestKitSetupTests
{
    [Fact]
    public void A_test_kit_starts_a_system_of_its_own()
    {
        using var kit = new TestKit();
        Assert.Equal("test", kit.Sys.Name);
        Assert.False(kit.Sys.WhenTerminated.IsCompleted);
        Assert.StartsWith("akka://test/system/testActor", kit.TestActor.Path.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_of_a_test_lies_over_the_defaults()
    {
        using var kit = new TestKit("akka.test.single-expect-default = 7s");
        Assert.Equal(TimeSpan.FromSeconds(7), kit.TestKitSettings.SingleExpectDefault);
        Assert.Equal(TimeSpan.FromSeconds(3), kit.TestKitSettings.TestEventFilterLeeway);
        Assert.Equal(TimeSpan.FromSeconds(5), kit.TestKitSettings.DefaultTimeout);
        Assert.Equal(1.0, kit.TestKitSettings.TestTimeFactor);
        Assert.False(kit.TestKitSettings.LogTestKitCalls);
    }

    [Fact]
    public void A_test_kit_takes_a_config_and_a_name()
    {
        using var kit = new TestKit(ConfigurationFactory.ParseString("some.key = 4"), "named");
        Assert.Equal("named", kit.Sys.Name);
        Assert.Equal(4, kit.Sys.Settings.Config.GetInt("some.key"));
    }

    [Fact]
    public void A_test_kit_takes_a_setup_and_a_name()
    {
        var bootstrap = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("some.key = 5"));
        using var kit = new TestKit(ActorSystemSetup.Create(bootstrap), "set-up");
        Assert.Equal("set-up", kit.Sys.Name);
        Assert.Equal(5, kit.Sys.Settings.Config.GetInt("some.key"));
        Assert.Equal(TimeSpan.FromSeconds(3), kit.TestKitSettings.SingleExpectDefault);
    }

    [Fact]
    public void A_test_kit_uses_a_system_that_it_is_given()
    {
        var system = ActorSystem.Create("given");
        using var kit = new TestKit(system);
        Assert.Same(system, kit.Sys);
        Assert.Equal(TimeSpan.FromSeconds(3), TestKitExtension.For(system).SingleExpectDefault);
        kit.TestActor.Tell("hello");
        kit.ExpectMsg("hello");
    }

    [Fact]
    public void Disposing_ends_the_system_after_the_clean_up_of_the_test()
    {
        var kit = new KitWithCleanUp();
        kit.Dispose();
        kit.Dispose();
        Assert.Equal(1, kit.CleanUps);
        Assert.False(kit.WasTerminatedAtCleanUp);
        Assert.True(kit.Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void Shutdown_ends_the_system_of_the_test_kit()
    {
        using var kit = new TestKit();
        kit.Shutdown(Times.Soon, verifySystemShutdown: true);
        Assert.True(kit.Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void Shutdown_ends_another_system()
    {
        using var kit = new KitWithCleanUp();
        var other = ActorSystem.Create("other");
        kit.End(other);
        Assert.True(other.WhenTerminated.IsCompleted);
        Assert.False(kit.Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void Shutdown_that_must_be_in_time_fails_when_it_is_not()
    {
        using var kit = new TestKit();
        var closing = new TaskCompletionSource<Akka.Done>();
        CoordinatedShutdown.Get(kit.Sys).AddTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "slow", () => closing.Task);
        var failure = Assert.Throws<TimeoutException>(
            () => kit.Shutdown(Times.Moment, verifySystemShutdown: true));
        closing.SetResult(Akka.Done.Instance);
        Assert.Contains(kit.Sys.Name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_configuration_listens_for_event_filters()
    {
        Assert.Equal(
            ["Akka.TestKit.TestEventListener, Akka.TestKit"], TestKit.DefaultConfig.GetStringList("akka.loggers"));
        Assert.Equal(TimeSpan.FromSeconds(3), TestConfigs.DefaultConfig.GetTimeSpan("akka.test.filter-leeway"));
    }

    [Fact]
    public void The_debug_configuration_logs_all_there_is()
    {
        Assert.Equal("DEBUG", TestKit.FullDebugConfig.GetString("akka.loglevel"));
        Assert.True(TestKit.FullDebugConfig.GetBoolean("akka.actor.debug.lifecycle"));
    }

    [Fact]
    public void Settings_without_a_configuration_are_refused() =>
        Assert.ThrowsAny<Exception>(() => new TestKitSettings(Config.Empty));

    [Fact]
    public void A_time_factor_that_is_not_positive_is_refused() =>
        Assert.ThrowsAny<ConfigurationException>(() => new TestKitSettings(
            ConfigurationFactory.ParseString("akka.test.timefactor = 0").WithFallback(TestKit.DefaultConfig)));

    [Fact]
    public void What_is_logged_goes_to_the_output_of_the_test()
    {
        var output = new Lines();
        using var kit = new TestKit(output: output);
        kit.Log.Warning("written by the test");
        kit.AwaitAssert(() => Assert.Contains(output.All(), l => l.Contains("written by the test")), Times.Soon);
    }

    [Fact]
    public void The_output_of_another_system_has_its_prefix()
    {
        var output = new Lines();
        using var kit = new KitWithOutput(output);
        var other = ActorSystem.Create("other");
        kit.WriteWithPrefix(other, "other: ");
        other.Log.Warning("written there");
        kit.AwaitAssert(
            () => Assert.Contains(
                output.All(),
                l => l.StartsWith("other: ", StringComparison.Ordinal) && l.Contains("written there")),
            Times.Soon);
        kit.End(other);
    }

    [Fact]
    public void A_test_kit_can_be_asked_to_log_what_it_does()
    {
        using var kit = new TestKit("akka.test.testkit.debug = on, akka.loglevel = DEBUG");
        Assert.True(kit.TestKitSettings.LogTestKitCalls);
        kit.EventFilter.Debug(contains: "receive").Mute(() =>
        {
            kit.TestActor.Tell(1);
            kit.ExpectMsg(1);
        });
    }

    [Fact]
    public void A_kit_for_another_test_framework_brings_its_own_assertions()
    {
        var assertions = new Verdicts();
        var kit = new OwnKit(assertions);
        kit.TestActor.Tell("one");
        kit.ExpectMsg("one");
        Assert.Equal(1, assertions.Equalities);
        kit.Shutdown();
        Assert.Throws<ArgumentNullException>(() => new OwnKit(null!));
    }

    private sealed class KitWithCleanUp : TestKit
    {
        public int CleanUps { get; private set; }

        public bool WasTerminatedAtCleanUp { get; private set; }

        public void End(ActorSystem system) => Shutdown(system, Times.Soon);

        protected override void AfterAll()
        {
            CleanUps++;
            WasTerminatedAtCleanUp = Sys.WhenTerminated.IsCompleted;
        }
    }

    private sealed class KitWithOutput(ITestOutputHelper output) : TestKit("akka.loglevel = INFO", output)
    {
        public void WriteWithPrefix(ActorSystem system, string prefix)
        {
            Assert.NotNull(Output);
            InitializeLogger(system, prefix);
        }

        public void End(ActorSystem system) => Shutdown(system, Times.Soon);
    }

    private sealed class OwnKit(ITestKitAssertions assertions)
        : TestKitBase(assertions, ConfigurationFactory.ParseString("akka.loglevel = INFO"), "own", "own-test-actor");

    private sealed class Lines : ITestOutputHelper
    {
        private readonly List<string> _lines = [];

        public string[] All()
        {
            lock (_lines)
                return _lines.ToArray();
        }

        public void WriteLine(string message)
        {
            lock (_lines)
                _lines.Add(message);
        }

        public void WriteLine(string format, params object[] args) => WriteLine(string.Format(null, format, args));
    }

    private sealed class Verdicts : ITestKitAssertions
    {
        private readonly XunitAssertions _xunit = new();

        public int Equalities { get; private set; }

        public void Fail(string format = "", params object[] args) => _xunit.Fail(format, args);

        public void AssertTrue(bool condition, string format = "", params object[] args) =>
            _xunit.AssertTrue(condition, format, args);

        public void AssertFalse(bool condition, string format = "", params object[] args) =>
            _xunit.AssertFalse(condition, format, args);

        public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args)
        {
            Equalities++;
            _xunit.AssertEqual(expected, actual, format, args);
        }

        public void AssertEqual<T>(
            T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args) =>
            _xunit.AssertEqual(expected, actual, comparer, format, args);
    }
}
