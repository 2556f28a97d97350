using System.Net;

namespace Handoff.Transport.Sctp.Usrsctp;

// Which addresses are in use, and by whom. Levels that usrsctp binds a port anew although associations that were
// peeled off go on under it, and that it begins a second association with their peers, which those would take for a
// restart of theirs.
internal sealed class UsrsctpPlaces
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, Owner> _owners = [];

    public void Add(object owner, IReadOnlyList<IPEndPoint> local, IReadOnlyList<IPEndPoint> peers)
    {
        lock (_gate) _owners[owner] = new Owner(local, peers);
    }

    public void Remove(object owner)
    {
        lock (_gate) _owners.Remove(owner);
    }

    public bool IsTaken(IPEndPoint wanted)
    {
        if (wanted.Port == 0) return false;
        lock (_gate) return _owners.Values.Any(owner => owner.Local.Any(address => Overlap(address, wanted)));
    }

    // By an association that was peeled off an endpoint.
    public bool IsPeeledOff(IReadOnlyList<IPEndPoint> endpoint, IPEndPoint peer)
    {
        lock (_gate)
        {
            return _owners.Values.Any(owner => owner.Peers.Contains(peer)
                && owner.Local.Any(address => endpoint.Any(own => Overlap(address, own))));
        }
    }

    private static bool Overlap(IPEndPoint one, IPEndPoint other) =>
        one.Port == other.Port && one.AddressFamily == other.AddressFamily
        && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address));

    private static bool IsAny(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private sealed record Owner(IReadOnlyList<IPEndPoint> Local, IReadOnlyList<IPEndPoint> Peers);
}
