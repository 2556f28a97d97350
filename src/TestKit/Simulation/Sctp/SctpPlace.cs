using System.Net;

namespace Handoff.TestKit.Simulation.Sctp;

// The addresses and the port of an endpoint, in use until its socket is closed and all its associations are over,
// wherever those have been peeled off to. Called under the gate.
internal sealed class SctpPlace(SimulatedSctp network, IReadOnlyList<IPEndPoint> addresses, ISctpTaker taker)
{
    private bool _isClosed;

    public SimulatedSctp Network => network;

    public IReadOnlyList<IPEndPoint> Addresses { get; set; } = addresses;

    public ISctpTaker Taker => taker;

    public List<AssociationEnd> Ends { get; } = [];

    public AssociationEnd? With(IPEndPoint peer) => Ends.Find(end => end.Peers.Contains(peer));

    // Any address is the one that the peer is called by: all are of one machine.
    public IReadOnlyList<IPEndPoint> AddressesFor(IPEndPoint peer) =>
        [.. Addresses.Select(address => address.Equals(Places.Any(address))
            ? new IPEndPoint(peer.Address, address.Port)
            : address)];

    public void Remove(AssociationEnd end)
    {
        Ends.Remove(end);
        Free();
    }

    public void Close()
    {
        _isClosed = true;
        Free();
    }

    private void Free()
    {
        if (_isClosed && Ends.Count == 0) network.Free(this);
    }
}
