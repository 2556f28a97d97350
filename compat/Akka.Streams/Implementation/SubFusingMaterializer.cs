using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Streams.Implementation;

internal sealed class SubFusingMaterializer(ActorMaterializerImpl materializer, Interpreter outer) : IMaterializer
{
    public MessageDispatcher ExecutionContext => materializer.ExecutionContext;

    public IMaterializer WithNamePrefix(string namePrefix) =>
        new SubFusingMaterializer((ActorMaterializerImpl)materializer.WithNamePrefix(namePrefix), outer);

    public TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable) => Materialize(runnable, Attributes.None);

    public TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable, Attributes initialAttributes) =>
        materializer.MaterializeInside(runnable, initialAttributes, outer);

    public ICancelable ScheduleOnce(TimeSpan delay, Action action) => materializer.ScheduleOnce(delay, action);

    public ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        materializer.ScheduleRepeatedly(initialDelay, interval, action);
}
