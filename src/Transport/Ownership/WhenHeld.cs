namespace Handoff.Transport.Ownership;

internal static class WhenHeld<TParty>
    where TParty : class
{
    public static Transition<TParty> Next(OwnershipState<TParty>.Held held, OwnershipEvent<TParty> what) => what switch
    {
        OwnershipEvent<TParty>.Release release => Release(held, release),
        OwnershipEvent<TParty>.Give give => new(
            new OwnershipState<TParty>.Given(
                held.Owner, give.Heir ?? held.Heir, held.Heir, give.Name, held.Epoch, held.Offers + 1),
            [
                OwnershipAction<TParty>.Pause.Instance,
                new OwnershipAction<TParty>.StartDeadline(held.Offers + 1, Turn: 0),
                OwnershipAction<TParty>.Confirm.Instance,
            ]),
        OwnershipEvent<TParty>.Reattach => new(
            held with { Epoch = held.Epoch + 1 },
            [OwnershipAction<TParty>.Tear.Instance, new OwnershipAction<TParty>.Admit(held.Owner, held.Epoch + 1)]),
        OwnershipEvent<TParty>.SetHeir set => new(
            held with { Heir = set.Heir },
            [OwnershipAction<TParty>.Confirm.Instance]),
        OwnershipEvent<TParty>.Use or OwnershipEvent<TParty>.Change => new(held, []),
        OwnershipEvent<TParty>.Close or OwnershipEvent<TParty>.Ended => Close(held),
        OwnershipEvent<TParty>.Died died when died.Party.Equals(held.Owner) => Inherit(held, died.Party),
        _ => new(held, []),
    };

    private static Transition<TParty> Release(
        OwnershipState<TParty>.Held held, OwnershipEvent<TParty>.Release release)
    {
        var targets = Distinct(release.Targets);
        var offer = new Offer<TParty>(held.Offers + 1, release.Mode, targets, Turn: 0, release.IsLoan);
        return new(
            new OwnershipState<TParty>.Offered(held.Owner, release.Heir ?? held.Heir, held.Heir, offer, held.Epoch),
            Offering<TParty>.Invite(offer, first: OwnershipAction<TParty>.Pause.Instance));
    }

    private static IReadOnlyList<TParty> Distinct(IReadOnlyList<TParty> targets) =>
        targets.Count == 1 ? targets : [.. targets.Distinct()];

    private static Transition<TParty> Close(OwnershipState<TParty>.Held held) => new(
        new OwnershipState<TParty>.Closed(held.Epoch, held.Offers),
        [
            new OwnershipAction<TParty>.Unwatch(held.Owner),
            new OwnershipAction<TParty>.TellClosed(held.Owner),
            OwnershipAction<TParty>.Flush.Instance,
        ]);

    private static Transition<TParty> Inherit(OwnershipState<TParty>.Held held, TParty dead)
    {
        var next = Offering<TParty>.ToHeir(held.Heir, dead, held.Epoch, held.Offers);
        return next with
        {
            Actions =
            [
                new OwnershipAction<TParty>.Unwatch(dead),
                OwnershipAction<TParty>.Tear.Instance,
                .. next.Actions,
            ],
        };
    }
}
