using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Processes;

// What waits to be sent together, and what is on its way; a restarted actor must still know it.
internal sealed class Batch
{
    private readonly Dictionary<(long Socket, long Offer), (Parcel Parcel, TimeSpan Until)> _waiting = [];
    private readonly HashSet<(long Socket, long Offer)> _sent = [];

    public int Count => _waiting.Count;

    // How many have to wait before they are sent; 0 if nobody asked for it.
    public int Wanted { get; set; }

    public IActorRef Asker { get; set; } = ActorRefs.Nobody;

    public Consignment? Sending { get; set; }

    public bool Has(OfferHandle offer) => _waiting.ContainsKey((offer.Id, offer.Number));

    public void Add(OfferHandle offer, Parcel parcel, TimeSpan until) =>
        _waiting.Add((offer.Id, offer.Number), (parcel, until));

    // One that is on its way takes all back that are.
    public void Withdraw(OfferHandle offer)
    {
        var key = (offer.Id, offer.Number);
        if (!_waiting.Remove(key) && _sent.Contains(key)) Sending?.Revoke();
    }

    // Those whose time is over: of an offer that was forwarded here its end is told to whoever forwarded it.
    public void Forget(TimeSpan now)
    {
        foreach (var (key, (_, until)) in _waiting)
        {
            if (until <= now) _waiting.Remove(key);
        }
    }

    public Consignment Send(string service)
    {
        Wanted = 0;
        _sent.Clear();
        _sent.UnionWith(_waiting.Keys);
        Sending = new Consignment(service, [.. _waiting.Values.Select(each => each.Parcel)]);
        _waiting.Clear();
        return Sending;
    }
}
