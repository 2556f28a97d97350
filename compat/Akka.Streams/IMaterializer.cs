using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Streams;

public interface IMaterializer
{
    MessageDispatcher ExecutionContext { get; }

    IMaterializer WithNamePrefix(string namePrefix);

    TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable);

    TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable, Attributes initialAttributes);

    ICancelable ScheduleOnce(TimeSpan delay, Action action);

    ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);
}
