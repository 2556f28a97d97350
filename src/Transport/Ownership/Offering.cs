namespace Handoff.Transport.Ownership;

// What offers have in common, whoever makes them. A handoff is made of the plain cases, one target that acquires, so
// they are written out: as little as possible is made on the way.
internal static class Offering<TParty>
    where TParty : class
{
    private static readonly Actions<TParty> Stopped =
        [OwnershipAction<TParty>.StopDeadline.Instance];

    // After the first of the actions, which makes it an offer.
    public static Actions<TParty> Invite(Offer<TParty> offer, OwnershipAction<TParty> first)
    {
        var start = new OwnershipAction<TParty>.StartDeadline(offer.Number, offer.Turn);
        if (offer.Invited is not [var only]) return [first, .. Invite(offer)];
        return
        [
            first,
            start,
            new OwnershipAction<TParty>.Watch(only),
            new OwnershipAction<TParty>.Invite(only, offer.Number),
        ];
    }

    public static Actions<TParty> Invite(Offer<TParty> offer)
    {
        var start = new OwnershipAction<TParty>.StartDeadline(offer.Number, offer.Turn);
        return [start, .. offer.Invited.SelectMany(IEnumerable<OwnershipAction<TParty>> (target) =>
            [
                new OwnershipAction<TParty>.Watch(target),
                new OwnershipAction<TParty>.Invite(target, offer.Number),
            ])];
    }

    // The offer is over without a winner.
    public static Actions<TParty> Dismiss(Offer<TParty> offer, OfferOutcome why) =>
    [
        OwnershipAction<TParty>.StopDeadline.Instance,
        .. offer.Invited.SelectMany(IEnumerable<OwnershipAction<TParty>> (target) =>
            [
                new OwnershipAction<TParty>.Unwatch(target),
                new OwnershipAction<TParty>.Withdraw(target, offer.Number, why),
            ]),
    ];

    // The winner hears of it by Acquired, and was watched as a target already; a router that passed the offer on has
    // nothing to hear.
    public static Actions<TParty> Win(Offer<TParty> offer, TParty winner)
    {
        if (offer.Invited is [var only] && only.Equals(winner)) return Stopped;
        var others = offer.Invited.Where(target => !target.Equals(winner));
        if (offer.Mode is OfferMode.AnyHolder)
        {
            return
            [
                new OwnershipAction<TParty>.Watch(winner),
                OwnershipAction<TParty>.StopDeadline.Instance,
                .. others.Select(router => new OwnershipAction<TParty>.Unwatch(router)),
            ];
        }

        return
        [
            OwnershipAction<TParty>.StopDeadline.Instance,
            .. others.SelectMany(IEnumerable<OwnershipAction<TParty>> (target) =>
                [
                    new OwnershipAction<TParty>.Unwatch(target),
                    new OwnershipAction<TParty>.Withdraw(target, offer.Number, OfferOutcome.Lost),
                ]),
        ];
    }

    // The heir is asked once; without one, or if it is the dead owner, nobody is responsible any more.
    public static Transition<TParty> ToHeir(TParty? heir, TParty? dead, long epoch, long offers)
    {
        if (heir is null || heir.Equals(dead)) return Abandon(epoch, offers);
        var offer = new Offer<TParty>(offers + 1, OfferMode.InOrder, [heir], Turn: 0);
        return new(new OwnershipState<TParty>.Bequeathed(Heir: null, offer, epoch), Invite(offer));
    }

    public static Transition<TParty> Abandon(long epoch, long offers) => new(
        new OwnershipState<TParty>.Closed(epoch, offers),
        [OwnershipAction<TParty>.Flush.Instance]);

    // One target is out of it. The rest of the offer, or null if nobody is left; the actions that go with it.
    public static (Offer<TParty>? Left, Actions<TParty> Actions) Drop(
        Offer<TParty> offer, TParty target, OfferOutcome why)
    {
        // A holder that declines answers for the router that it has the offer from.
        var rest = offer.Mode is OfferMode.AnyHolder ? null : offer.Without(target);
        return (
            rest,
            [
                .. Unwatched(),
                .. Withdrawn(),
                .. rest is not null && offer.Mode is OfferMode.InOrder ? Invite(rest) : [],
            ]);

        Actions<TParty> Unwatched() =>
            offer.IsInvited(target) ? [new OwnershipAction<TParty>.Unwatch(target)] : [];

        Actions<TParty> Withdrawn() => why is not OfferOutcome.TargetDied
            ? [new OwnershipAction<TParty>.Withdraw(target, offer.Number, why)]
            : [];
    }
}
