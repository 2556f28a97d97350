using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Configs;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase : IActorRefFactory
{
    private static readonly TimeSpan LongestShutdown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UsualShutdown = TimeSpan.FromSeconds(5);
    private static int _lastTestActor;

    private readonly ITestKitAssertions _assertions;
    private readonly TestQueue _queue = new();

    private MessageEnvelope _last = NullMessageEnvelope.Instance;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem system = null, string testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions,
        ActorSystemSetup setup,
        string actorSystemName = null,
        string testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, Config config, string actorSystemName = null, string testActorName = null)
        : this(
            assertions,
            null,
            ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)),
            actorSystemName,
            testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions,
        ActorSystem system,
        ActorSystemSetup config,
        string actorSystemName,
        string testActorName)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        Sys = system ?? Launch(config, actorSystemName ?? "test");
        if (!Sys.HasExtension<TestKitSettings>())
            Sys.Settings.InjectTopLevelFallback(DefaultConfig);
        Sys.RegisterExtension(new TestKitExtension());
        TestKitSettings = TestKitExtension.For(Sys);
        Log = Logging.GetLogger(Sys, GetType());
        EventFilter = new EventFilterFactory(this);

        TestActor = CreateTestActor(
            string.IsNullOrEmpty(testActorName)
                ? $"testActor{Interlocked.Increment(ref _lastTestActor)}"
                : testActorName);
        BecomeSender();
    }

    public static Config DefaultConfig { get; } = TestConfigs.DefaultConfig;

    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          log-dead-letters = on
          log-dead-letters-during-shutdown = on
          loglevel = DEBUG
          stdout-loglevel = DEBUG
          actor.debug {
            receive = on
            autoreceive = on
            lifecycle = on
            event-stream = on
            unhandled = on
            fsm = on
            router-misconfiguration = on
          }
        }
        """);

    public ActorSystem Sys { get; }

    public TestKitSettings TestKitSettings { get; }

    public ILoggingAdapter Log { get; }

    public EventFilterFactory EventFilter { get; }

    public IActorRef TestActor { get; }

    public object LastMessage => _last.Message;

    public IActorRef LastSender => _last.Sender;

    public bool HasMessages => !_queue.IsEmpty;

    internal ITestKitAssertions Checks => _assertions;

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    public IActorRef CreateTestActor(string name) => TestActorStart.Start(
        (ExtendedActorSystem)Sys,
        Props.Create(() => new InternalTestActor(_queue)).WithDispatcher("akka.test.test-actor.dispatcher"),
        name);

    public virtual TestProbe CreateTestProbe(string name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string name = null) =>
        new(system, _assertions, name);

    public virtual TestLatch CreateTestLatch(int count = 1) =>
        new(Dilated, TestKitSettings.DefaultTimeout, count);

    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(
        ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        system ??= Sys;
        var limit = duration ?? Dilated(UsualShutdown).OrSooner(LongestShutdown);
        if (system.Terminate().Wait(limit))
            return;

        ((IInternalActorRef)((ExtendedActorSystem)system).Guardian).Stop();
        var failure = $"The system {system.Name} did not stop within {limit}; its actors are being stopped.";
        if (verifySystemShutdown)
            throw new TimeoutException(failure);
        system.Log.Warning(failure);
    }

    private static ActorSystem Launch(ActorSystemSetup setup, string name)
    {
        var given = setup.Get<BootstrapSetup>();
        var bootstrap = given.HasValue ? given.Value : BootstrapSetup.Create();
        var config = bootstrap.Config.HasValue ? bootstrap.Config.Value.WithFallback(DefaultConfig) : DefaultConfig;
        return ActorSystem.Create(name, setup.WithSetup(bootstrap.WithConfig(config)));
    }

    // A test tells in the name of its test actor. One that wears INoImplicitSender clears what an earlier test on
    // this thread left; a probe, made in the middle of a test, leaves things as they are.
    private void BecomeSender()
    {
        if (this is not INoImplicitSender)
            InternalCurrentActorCellKeeper.Current = TestActorStart.CellOf(TestActor);
        else if (this is not TestProbe)
            InternalCurrentActorCellKeeper.Current = null;
        SynchronizationContext.SetSynchronizationContext(
            new ActorCellKeepingSynchronizationContext(InternalCurrentActorCellKeeper.Current));
    }

    private void Trace(string format, params object[] args)
    {
        if (TestKitSettings.LogTestKitCalls)
            Log.Debug(format, args);
    }
}
