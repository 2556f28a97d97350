using System.Net;
using System.Net.Sockets;

namespace Handoff.TestKit.Simulation;

// Who listens where. Called under the gate.
internal sealed class Places
{
    private readonly Dictionary<IPEndPoint, SimulatedListener> _listeners = [];
    private readonly FreePorts _ports = new();

    public static IPEndPoint Any(IPEndPoint place) => new(
        place.AddressFamily is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, place.Port);

    public bool TryAdd(SimulatedListener listener) => _listeners.TryAdd(listener.Place, listener);

    public void Remove(SimulatedListener listener) => _listeners.Remove(listener.Place);

    // Whoever listens on any address is found at each of the same family.
    public SimulatedListener? Find(IPEndPoint place) =>
        _listeners.GetValueOrDefault(place) ?? _listeners.GetValueOrDefault(Any(place));

    // For a listener, or for who connects. Null if there is none.
    public IPEndPoint? Free(IPAddress address, Func<IPEndPoint, bool> isTaken) =>
        _ports.Next(address, place => isTaken(place) || Find(place) is not null);
}
