using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams;

public static class KillSwitches
{
    public static SharedKillSwitch Shared(string name) => new(name);

    public static IGraph<FlowShape<T, T>, UniqueKillSwitch> Single<T>() => new KillableFlow<T, UniqueKillSwitch>(() =>
    {
        var promise = new Promise<Done>();
        return (promise.Task, new UniqueKillSwitch(promise));
    });

    public static IGraph<BidiShape<T1, T1, T2, T2>, UniqueKillSwitch> SingleBidi<T1, T2>() =>
        new KillableBidi<T1, T2>();

    public static IGraph<FlowShape<T, T>, NotUsed> AsFlow<T>(
        CancellationToken cancellationToken, bool cancelGracefully = false) =>
        new CancellableFlow<T>(cancellationToken, cancelGracefully);
}
