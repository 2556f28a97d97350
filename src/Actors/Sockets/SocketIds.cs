namespace Handoff.Sockets;

internal sealed class SocketIds
{
    private long _last;

    public long Next() => Interlocked.Increment(ref _last);
}
