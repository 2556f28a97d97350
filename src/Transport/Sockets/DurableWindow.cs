using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sockets;

// Of an inbound queue: what stands before Alone is held by it alone; what stands behind, in the system too, until it
// is consumed. Begins between two receives.
internal sealed class DurableWindow
{
    private readonly IDurable _socket;
    private readonly int _most;

    public DurableWindow(IDurable socket, int most, long received)
    {
        (_socket, _most, Alone) = (socket, most, received);
        socket.BeginDurable(most);
    }

    public long Alone { get; private set; }

    public bool IsFull(long received) => received - Alone >= _most;

    public void Consume(long position)
    {
        if (position <= Alone) return;
        _socket.Discard(position - Alone);
        Alone = position;
    }

    public void End() => _socket.EndDurable();
}
