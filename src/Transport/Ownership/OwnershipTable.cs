namespace Handoff.Transport.Ownership;

// The ownership protocol as a pure function: no clock, no actor, no socket. The order of states and events is that
// of the design's table. A command that fails a check changes nothing and yields one Refuse.
internal static class OwnershipTable
{
    // A socket that was made for its owner.
    public static Transition<TParty> Start<TParty>(TParty owner, TParty? heir = null)
        where TParty : class => new(
        new OwnershipState<TParty>.Held(owner, heir, Epoch: 1, Offers: 0),
        [new OwnershipAction<TParty>.Watch(owner), new OwnershipAction<TParty>.Admit(owner, Epoch: 1)]);

    // A socket that nobody has owned yet, such as an accepted connection: it is on offer from birth.
    public static Transition<TParty> StartOffered<TParty>(OfferMode mode, params IReadOnlyList<TParty> targets)
        where TParty : class
    {
        var offer = new Offer<TParty>(Number: 1, mode, targets, Turn: 0);
        return new(
            new OwnershipState<TParty>.Bequeathed(Heir: null, offer, Epoch: 0),
            Offering<TParty>.Invite(offer, first: OwnershipAction<TParty>.Tear.Instance));
    }

    public static Transition<TParty> Next<TParty>(OwnershipState<TParty> state, OwnershipEvent<TParty> what)
        where TParty : class
    {
        if (what is OwnershipEvent<TParty>.Command command
            && Checks<TParty>.FirstFailure(state, command) is { } refusal)
        {
            return new(state, [refusal]);
        }

        return state switch
        {
            OwnershipState<TParty>.Held held => WhenHeld<TParty>.Next(held, what),
            OwnershipState<TParty>.Offered offered => WhenOffered<TParty>.Next(offered, what),
            OwnershipState<TParty>.Bequeathed bequeathed => WhenBequeathed<TParty>.Next(bequeathed, what),
            OwnershipState<TParty>.Lent lent => WhenLent<TParty>.Next(lent, what),
            OwnershipState<TParty>.Given given => WhenGiven<TParty>.Next(given, what),
            _ => new(state, []),
        };
    }
}
