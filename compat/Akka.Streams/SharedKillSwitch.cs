using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams;

// For any number of flows, also for those that are materialized after its use. Its first use counts.
public sealed class SharedKillSwitch : IKillSwitch
{
    private readonly Promise<Done> _promise = new();
    private readonly string _name;

    internal SharedKillSwitch(string name) => _name = name;

    public IGraph<FlowShape<T, T>, SharedKillSwitch> Flow<T>() =>
        new KillableFlow<T, SharedKillSwitch>(() => (_promise.Task, this));

    public void Shutdown() => _promise.TrySetResult(Done.Instance);

    public void Abort(Exception cause) => _promise.Break(cause);

    public override string ToString() => $"KillSwitch({_name})";
}
