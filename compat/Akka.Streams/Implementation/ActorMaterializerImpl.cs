using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Event;
using Akka.Pattern;

namespace Akka.Streams.Implementation;

internal sealed class ActorMaterializerImpl : ActorMaterializer
{
    private static long _lastSupervisor = -1;

    // A system has one with the settings of its configuration, which everybody gets who says nothing else.
    private static readonly ConditionalWeakTable<ActorSystem, ActorMaterializerImpl> OfSystems = new();

    private readonly Shared _shared;
    private readonly string _namePrefix;

    private ActorMaterializerImpl(Shared shared, string namePrefix)
    {
        _shared = shared;
        _namePrefix = namePrefix;
    }

    public override ActorMaterializerSettings Settings => _shared.Settings;

    public override bool IsShutdown => _shared.IsShutdown || _shared.Supervisor.HasTerminated;

    public override MessageDispatcher ExecutionContext => System.Dispatchers.Lookup(DispatcherOf(InitialAttributes));

    public override ActorSystem System => _shared.System;

    public override ILoggingAdapter Logger => _shared.Log;

    public override IActorRef Supervisor => _shared.Supervisor;

    private Attributes InitialAttributes => new(
        new Attributes.InputBuffer(Settings.InitialInputBufferSize, Settings.MaxInputBufferSize),
        new ActorAttributes.Dispatcher(Settings.Dispatcher),
        new ActorAttributes.SupervisionStrategy(Settings.SupervisionDecider));

    public static ActorMaterializerImpl OfSystem(ActorSystem system)
    {
        lock (OfSystems)
            return OfSystems.GetValue(system, static of => Make(of, null, null));
    }

    public static ActorMaterializerImpl Make(
        IActorRefFactory context, ActorMaterializerSettings settings, string namePrefix)
    {
        var system = context switch
        {
            ActorSystem its => its,
            IActorContext of => of.System,
            null => throw new ArgumentNullException(nameof(context), "IActorRefFactory must be defined"),
            _ => throw new ArgumentException(
                $"ActorRefFactory context must be an ActorSystem or an ActorContext, got [{context.GetType()}]"),
        };
        if (!system.Settings.Config.HasPath("akka.stream.materializer"))
            system.Settings.InjectTopLevelFallback(DefaultConfig());
        settings ??= ActorMaterializerSettings.Create(system);
        var supervisor = (LocalActorRef)context.ActorOf(
            Props.Create<StreamSupervisor>(), $"StreamSupervisor-{Interlocked.Increment(ref _lastSupervisor)}");
        var shared = new Shared(
            system, settings, supervisor, Logging.GetLogger(system, supervisor));
        return new ActorMaterializerImpl(shared, namePrefix ?? "Flow");
    }

    public override IMaterializer WithNamePrefix(string namePrefix) => new ActorMaterializerImpl(_shared, namePrefix);

    public override TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable) =>
        Materialize(runnable, Attributes.None);

    public override TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable, Attributes initialAttributes) =>
        Materialize(runnable, initialAttributes, InOwnActors());

    // The outermost island runs in the actor of another; the others get their own.
    public TMat MaterializeInside<TMat>(IGraph<ClosedShape, TMat> runnable, Attributes initial, Interpreter outer)
    {
        var isFirst = true;
        var others = InOwnActors();
        return Materialize(runnable, initial, attributes =>
        {
            if (!isFirst)
                return others(attributes);
            isFirst = false;
            return Island.Guest(outer, Settings.SyncProcessingLimit, Logger);
        });
    }

    public IActorRef ActorFor(Props props) => _shared.Supervisor.Cell.MakeChild(props, name: null);

    public override ICancelable ScheduleOnce(TimeSpan delay, Action action) =>
        System.Scheduler.Advanced.ScheduleOnceCancelable(delay, action);

    public override ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        System.Scheduler.Advanced.ScheduleRepeatedlyCancelable(initialDelay, interval, action);

    public override ILoggingAdapter MakeLogger(object logSource) => Logging.GetLogger(System, logSource);

    public override void Shutdown()
    {
        if (_shared.BeginShutdown())
            Supervisor.Tell(PoisonPill.Instance, ActorRefs.NoSender);
    }

    private static string DispatcherOf(Attributes attributes)
    {
        var name = attributes.GetAttribute<ActorAttributes.Dispatcher>().Name;
        return string.IsNullOrEmpty(name) ? Dispatchers.DefaultDispatcherId : name;
    }

    private TMat Materialize<TMat>(
        IGraph<ClosedShape, TMat> runnable, Attributes initial, Func<Attributes, Island> open)
    {
        if (IsShutdown)
        {
            throw new IllegalStateException(
                "Trying to materialize stream after materializer has been shutdown");
        }

        return Site.Materialize(runnable, this, InitialAttributes.And(initial), open);
    }

    private Func<Attributes, Island> InOwnActors()
    {
        var flow = _shared.NextFlow();
        var island = 0;
        return attributes =>
        {
            var buffer = attributes.GetAttribute<Attributes.InputBuffer>();
            ActorMaterializerSettings.CheckBuffer(buffer.Initial, buffer.Max);
            var name = $"{_namePrefix}-{flow}-{island++}";
            var host = new IslandHost();
            var props = Props.Create(() => new IslandActor(host)).WithDispatcher(DispatcherOf(attributes));
            host.Actor = _shared.Supervisor.Cell.MakeChild(props, name);
            return Island.Own(host, Settings.SyncProcessingLimit, Logger);
        };
    }

    // By all that differ in their name prefix only.
    private sealed class Shared(
        ActorSystem system, ActorMaterializerSettings settings, LocalActorRef supervisor, ILoggingAdapter log)
    {
        private int _shutdowns;
        private long _lastFlow;

        public ActorSystem System => system;

        public ActorMaterializerSettings Settings => settings;

        public LocalActorRef Supervisor => supervisor;

        public ILoggingAdapter Log => log;

        public bool IsShutdown => Volatile.Read(ref _shutdowns) > 0;

        public long NextFlow() => Interlocked.Increment(ref _lastFlow);

        public bool BeginShutdown() => Interlocked.Increment(ref _shutdowns) == 1;
    }
}
