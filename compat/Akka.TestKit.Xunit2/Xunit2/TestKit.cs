using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

public class TestKit : TestKitBase, IDisposable
{
    private static readonly TimeSpan LoggerStart = TimeSpan.FromSeconds(3);

#pragma warning disable CA1051 // Akka has a field that a test reads.
    protected readonly ITestOutputHelper Output;
#pragma warning restore CA1051

    private bool _isDisposed;

    public TestKit(ActorSystem system = null, ITestOutputHelper output = null)
        : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(ActorSystemSetup config, string actorSystemName = null, ITestOutputHelper output = null)
        : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(Config config, string actorSystemName = null, ITestOutputHelper output = null)
        : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(string config, ITestOutputHelper output = null)
        : base(Assertions, ConfigurationFactory.ParseString(config))
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    protected static XunitAssertions Assertions { get; } = new();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    // For what a test must do while its actors still live.
    protected virtual void AfterAll()
    {
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            Shutdown();
        }
    }

    protected void InitializeLogger(ActorSystem system) => StartLogger(system, Output);

    protected void InitializeLogger(ActorSystem system, string prefix) => StartLogger(
        system, Output == null || string.IsNullOrEmpty(prefix) ? Output : new PrefixedOutput(Output, prefix));

    private static void StartLogger(ActorSystem system, ITestOutputHelper output)
    {
        if (output == null)
            return;
        var logger = ((ExtendedActorSystem)system).SystemActorOf(
            Props.Create(() => new TestOutputLogger(output)), "log-test");
        logger.Ask<LoggerInitialized>(new InitializeLogger(system.EventStream), LoggerStart).GetAwaiter().GetResult();
    }
}
