namespace Handoff.Sockets;

internal sealed class SocketCounts
{
    private long _last;

    public long Next() => Interlocked.Increment(ref _last);
}
