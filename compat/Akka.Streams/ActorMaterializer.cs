using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Streams.Implementation;

namespace Akka.Streams;

// Makes streams of graphs and runs them in actors of its own. It ends, and they with it, when its context ends or when
// it is shut down.
public abstract class ActorMaterializer : IMaterializer, IMaterializerLoggingProvider, IDisposable
{
    protected ActorMaterializer()
    {
    }

    public abstract ActorMaterializerSettings Settings { get; }

    public abstract bool IsShutdown { get; }

    public abstract MessageDispatcher ExecutionContext { get; }

    public abstract ActorSystem System { get; }

    public abstract ILoggingAdapter Logger { get; }

    public abstract IActorRef Supervisor { get; }

    public static Config DefaultConfig() =>
        ConfigurationFactory.FromResource<ActorMaterializer>("Akka.Streams.reference.conf");

    public static ActorMaterializer Create(
        IActorRefFactory context, ActorMaterializerSettings settings = null, string namePrefix = null) =>
        context is ActorSystem system && settings == null && namePrefix == null
            ? ActorMaterializerImpl.OfSystem(system)
            : ActorMaterializerImpl.Make(context, settings, namePrefix);

    public abstract IMaterializer WithNamePrefix(string namePrefix);

    public abstract TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable);

    public abstract TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable, Attributes initialAttributes);

    public abstract ICancelable ScheduleOnce(TimeSpan delay, Action action);

    public abstract ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);

    public abstract ILoggingAdapter MakeLogger(object logSource);

    public abstract void Shutdown();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Shutdown();
    }
}
