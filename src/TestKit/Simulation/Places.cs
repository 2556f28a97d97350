using System.Net;
using System.Net.Sockets;

namespace Handoff.TestKit.Simulation;

// Who listens where, and the ports that are given out. Called under the gate.
internal sealed class Places
{
    private const int FirstPort = 32768;
    private const int Ports = 28232;

    private readonly Dictionary<IPEndPoint, SimulatedListener> _listeners = [];
    private int _lastPort;

    public bool TryAdd(SimulatedListener listener) => _listeners.TryAdd(listener.Place, listener);

    public void Remove(SimulatedListener listener) => _listeners.Remove(listener.Place);

    // Whoever listens on any address is found at each of the same family.
    public SimulatedListener? Find(IPEndPoint place) =>
        _listeners.GetValueOrDefault(place) ?? _listeners.GetValueOrDefault(Any(place));

    // Null if all are taken.
    public IPEndPoint? Free(IPAddress address, Func<IPEndPoint, bool> isTaken)
    {
        for (var i = 0; i < Ports; i++)
        {
            _lastPort = (_lastPort + 1) % Ports;
            var place = new IPEndPoint(address, FirstPort + _lastPort);
            if (!isTaken(place) && Find(place) is null) return place;
        }

        return null;
    }

    private static IPEndPoint Any(IPEndPoint place) => new(
        place.AddressFamily is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, place.Port);
}
