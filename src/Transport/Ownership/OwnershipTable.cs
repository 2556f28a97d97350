namespace Handoff.Transport.Ownership;

// The ownership protocol as a pure function: no clock, no actor, no socket. The order of states and events is that
// of the design's table. A command that fails a check changes nothing and yields one Refuse.
internal static class OwnershipTable
{
    public static OwnershipState<TParty> Start<TParty>(TParty owner, TParty? heir = null)
        where TParty : class => new OwnershipState<TParty>.Held(owner, heir, Epoch: 1, Offers: 0);

    public static Transition<TParty> Next<TParty>(OwnershipState<TParty> state, OwnershipEvent<TParty> what)
        where TParty : class
    {
        if (what is OwnershipEvent<TParty>.Command command && Checks<TParty>.FirstFailure(state, command) is { } refusal)
        {
            return new(state, [refusal]);
        }

        return state switch
        {
            OwnershipState<TParty>.Held held => WhenHeld<TParty>.Next(held, what),
            OwnershipState<TParty>.Offered offered => WhenOffered<TParty>.Next(offered, what),
            OwnershipState<TParty>.Bequeathed bequeathed => WhenBequeathed<TParty>.Next(bequeathed, what),
            OwnershipState<TParty>.Given given => WhenGiven<TParty>.Next(given, what),
            _ => new(state, []),
        };
    }
}
