using Akka.Streams.Implementation;

namespace Akka.Streams;

// For one flow in one materialization. Its first use counts.
public sealed class UniqueKillSwitch : IKillSwitch
{
    private readonly Promise<Done> _promise;

    internal UniqueKillSwitch(Promise<Done> promise) => _promise = promise;

    public void Shutdown() => _promise.TrySetResult(Done.Instance);

    public void Abort(Exception cause) => _promise.Break(cause);

    public override string ToString() => $"SingleKillSwitch({GetHashCode()})";
}
