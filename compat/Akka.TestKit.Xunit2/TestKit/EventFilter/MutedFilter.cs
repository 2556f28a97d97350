using Akka.Actor;

namespace Akka.TestKit.Internal;

internal sealed class MutedFilter(ActorSystem system, IReadOnlyList<LogFilter> filters) : IUnmutableFilter
{
    private int _isUnmuted;

    public void Unmute()
    {
        if (Interlocked.Exchange(ref _isUnmuted, 1) == 0)
            system.EventStream.Publish(new FilterCommand.Unmute(filters));
    }

    public void Dispose() => Unmute();
}
