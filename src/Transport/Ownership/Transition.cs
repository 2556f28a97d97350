namespace Handoff.Transport.Ownership;

internal readonly record struct Transition<TParty>(
    OwnershipState<TParty> Next, Actions<TParty> Actions)
    where TParty : class
{
    public OwnershipAction<TParty>.Refuse? Refusal =>
        Actions is [OwnershipAction<TParty>.Refuse refusal] ? refusal : null;
}
