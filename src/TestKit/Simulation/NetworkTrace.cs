namespace Handoff.TestKit.Simulation;

// The last events, in order; bounded.
internal sealed class NetworkTrace(int capacity)
{
    private readonly Queue<NetworkEvent> _events = new();

    public NetworkEvent[] Events => [.. _events];

    public void Add(NetworkEvent what)
    {
        if (_events.Count == capacity) _events.Dequeue();
        _events.Enqueue(what);
    }
}
