namespace Handoff.Sockets;

// How many questions about many sockets are under way. A restart of the sockets' parent must not forget them.
internal sealed class Surveys(int most)
{
    private int _pending;

    public int Pending => Volatile.Read(ref _pending);

    public bool TryBegin()
    {
        if (Interlocked.Increment(ref _pending) <= most) return true;
        End();
        return false;
    }

    public void End() => Interlocked.Decrement(ref _pending);
}
