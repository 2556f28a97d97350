namespace Handoff.Transport.Ownership;

// What offers have in common, whoever makes them.
internal static class Offering<TParty>
    where TParty : class
{
    public static IEnumerable<OwnershipAction<TParty>> Invite(Offer<TParty> offer)
    {
        yield return new OwnershipAction<TParty>.StartDeadline(offer.Number, offer.Turn);
        foreach (var target in offer.Invited)
        {
            yield return new OwnershipAction<TParty>.Watch(target);
            yield return new OwnershipAction<TParty>.Invite(target, offer.Number);
        }
    }

    // The winner hears of it by Acquired; a router that passed the offer on has nothing to hear.
    public static IEnumerable<OwnershipAction<TParty>> Dismiss(Offer<TParty> offer, TParty? winner, OfferOutcome why)
    {
        yield return new OwnershipAction<TParty>.StopDeadline();
        foreach (var target in offer.Invited)
        {
            yield return new OwnershipAction<TParty>.Unwatch(target);
            var forwarded = winner is not null && offer.Mode is OfferMode.AnyHolder;
            if (!forwarded && !target.Equals(winner))
            {
                yield return new OwnershipAction<TParty>.Withdraw(target, offer.Number, why);
            }
        }
    }

    // The heir is asked once; without one, or if it is the dead owner, nobody is responsible any more.
    public static Transition<TParty> ToHeir(TParty? heir, TParty? dead, long epoch, long offers)
    {
        if (heir is null || heir.Equals(dead)) return Abandon(epoch, offers);
        var offer = new Offer<TParty>(offers + 1, OfferMode.InOrder, [heir], Turn: 0);
        return new(new OwnershipState<TParty>.Bequeathed(Heir: null, offer, epoch), [.. Invite(offer)]);
    }

    public static Transition<TParty> Abandon(long epoch, long offers) => new(
        new OwnershipState<TParty>.Closed(epoch, offers),
        [new OwnershipAction<TParty>.Flush()]);

    // One target is out of it. The rest of the offer, or null if nobody is left; the actions that go with it.
    public static (Offer<TParty>? Left, IReadOnlyList<OwnershipAction<TParty>> Actions) Drop(
        Offer<TParty> offer, TParty target, OfferOutcome why)
    {
        List<OwnershipAction<TParty>> actions = [];
        if (offer.IsInvited(target)) actions.Add(new OwnershipAction<TParty>.Unwatch(target));
        if (why is not OfferOutcome.TargetDied)
        {
            actions.Add(new OwnershipAction<TParty>.Withdraw(target, offer.Number, why));
        }

        // A holder that declines answers for the router that it has the offer from.
        var rest = offer.Mode is OfferMode.AnyHolder ? null : offer.Without(target);
        if (rest is not null && offer.Mode is OfferMode.InOrder) actions.AddRange(Invite(rest));
        return (rest, actions);
    }
}
