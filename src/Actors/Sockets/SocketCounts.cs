namespace Handoff.Sockets;

internal sealed class SocketCounts
{
    private long _last;

    // Connects under way; only the sockets' parent uses it, and a restart must not forget it.
    public int Connecting { get; set; }

    public long Next() => Interlocked.Increment(ref _last);
}
