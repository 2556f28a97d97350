using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Checks;

// Each offer has one outcome, told once to each side, and both sides are told the same.
internal sealed class OutcomeCheck(Violations violations, OwnershipCheck ownership)
{
    private readonly Dictionary<(Release, IActorRef), object> _ofReleases = [];
    private readonly Dictionary<Release, IActorRef> _asked = [];
    private readonly Dictionary<(OfferHandle Offer, IActorRef Target), OfferOutcome> _ofOffers = [];
    private readonly Dictionary<(long Socket, IActorRef Target), OfferHandle> _acquiring = [];

    public void Releases(IActorRef who, Release release) => _asked.TryAdd(release, who);

    public void Acquires(IActorRef who, OfferHandle offer) => _acquiring[(offer.Id, who)] = offer;

    public void PassesOn(IActorRef who, OfferHandle offer) => _ofOffers.Remove((offer, who));

    public void Told(IActorRef who, object message)
    {
        switch (message)
        {
            case Released released: End(who, released.Release, released); break;
            case ReleaseFailed failed: Reverted(who, failed); break;
            case Refused { Command: Release release } refused: End(who, release, refused); break;
            case Offered offered when !_ofOffers.TryAdd((offered.Offer, who), OfferOutcome.None):
                violations.Add($"{who.Path.Name} was offered {offered.Offer} twice");
                break;
            case Withdrawn withdrawn: End(who, withdrawn.Offer, withdrawn.Outcome); break;
            case Acquired { Handle: var handle } when _acquiring.Remove((handle.Id, who), out var offer):
                End(who, offer, OfferOutcome.Acquired);
                break;
        }
    }

    // By now each side was told, as far as it lives.
    public void AtEnd(Func<IActorRef, bool> lives)
    {
        foreach (var (release, who) in _asked)
        {
            if (lives(who) && !_ofReleases.ContainsKey((release, who)))
                violations.Add($"{who.Path.Name} was never told what became of its {release}");
        }

        foreach (var ((offer, target), outcome) in _ofOffers)
        {
            if (outcome is OfferOutcome.None && lives(target))
                violations.Add($"{target.Path.Name} was never told what became of {offer}");
        }

        foreach (var outcome in _ofReleases.Values.OfType<Released>())
        {
            if (lives(outcome.Owner) && ownership.EpochOf(outcome.Release.Handle.Id) <= outcome.Release.Handle.Epoch)
                violations.Add($"{outcome.Release} was acquired, but nobody was told so");
        }
    }

    private void Reverted(IActorRef who, ReleaseFailed failed)
    {
        End(who, failed.Release, failed);
        var handle = failed.Release.Handle;
        if (failed.Outcome is not OfferOutcome.Closed && ownership.EpochOf(handle.Id) > handle.Epoch)
            violations.Add($"{failed.Release} failed ({failed.Outcome}), but a later epoch was given away");
    }

    private void End(IActorRef who, Release release, object outcome)
    {
        if (!_ofReleases.TryAdd((release, who), outcome))
            violations.Add($"{who.Path.Name} was told two outcomes of its {release}");
    }

    private void End(IActorRef who, OfferHandle offer, OfferOutcome outcome)
    {
        if (!_ofOffers.TryGetValue((offer, who), out var before))
            violations.Add($"{who.Path.Name} was told an outcome of {offer}, which it was not offered");
        else if (before is not OfferOutcome.None)
            violations.Add($"{who.Path.Name} was told two outcomes of {offer}: {before} and {outcome}");
        _ofOffers[(offer, who)] = outcome;
    }
}
