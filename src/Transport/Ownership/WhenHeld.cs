namespace Handoff.Transport.Ownership;

internal static class WhenHeld<TParty>
    where TParty : class
{
    public static Transition<TParty> Next(OwnershipState<TParty>.Held held, OwnershipEvent<TParty> what) => what switch
    {
        OwnershipEvent<TParty>.Release release => Release(held, release),
        OwnershipEvent<TParty>.Give give => new(
            new OwnershipState<TParty>.Given(held.Owner, held.Heir, give.Name, held.Epoch, held.Offers + 1),
            [
                new OwnershipAction<TParty>.Pause(),
                new OwnershipAction<TParty>.StartDeadline(held.Offers + 1, Turn: 0),
                new OwnershipAction<TParty>.Confirm(),
            ]),
        OwnershipEvent<TParty>.Reattach => new(
            held with { Epoch = held.Epoch + 1 },
            [new OwnershipAction<TParty>.Tear(), new OwnershipAction<TParty>.Admit(held.Owner, held.Epoch + 1)]),
        OwnershipEvent<TParty>.SetHeir set => new(
            held with { Heir = set.Heir },
            [new OwnershipAction<TParty>.Confirm()]),
        OwnershipEvent<TParty>.Use => new(held, []),
        OwnershipEvent<TParty>.Close or OwnershipEvent<TParty>.Ended => Close(held),
        OwnershipEvent<TParty>.Died died when died.Party.Equals(held.Owner) => Inherit(held, died.Party),
        _ => new(held, []),
    };

    private static Transition<TParty> Release(
        OwnershipState<TParty>.Held held, OwnershipEvent<TParty>.Release release)
    {
        var offer = new Offer<TParty>(held.Offers + 1, release.Mode, [.. release.Targets.Distinct()], Turn: 0);
        return new(
            new OwnershipState<TParty>.Offered(held.Owner, release.Heir ?? held.Heir, held.Heir, offer, held.Epoch),
            [new OwnershipAction<TParty>.Pause(), .. Offering<TParty>.Invite(offer)]);
    }

    private static Transition<TParty> Close(OwnershipState<TParty>.Held held) => new(
        new OwnershipState<TParty>.Closed(held.Epoch, held.Offers),
        [
            new OwnershipAction<TParty>.Unwatch(held.Owner),
            new OwnershipAction<TParty>.TellClosed(held.Owner),
            new OwnershipAction<TParty>.Flush(),
        ]);

    private static Transition<TParty> Inherit(OwnershipState<TParty>.Held held, TParty dead)
    {
        var next = Offering<TParty>.ToHeir(held.Heir, dead, held.Epoch, held.Offers);
        return next with
        {
            Actions =
            [
                new OwnershipAction<TParty>.Unwatch(dead),
                new OwnershipAction<TParty>.Tear(),
                .. next.Actions,
            ],
        };
    }
}
