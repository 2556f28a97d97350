namespace Handoff.Transport.Ownership;

internal abstract record OwnershipEvent<TParty>
    where TParty : class
{
    // Commands carry what they claim and what policy objects to them, null if nothing; the rest are facts.
    public abstract record Command(Claim Claim, string? Objection) : OwnershipEvent<TParty>;

    // Heir null leaves the heir as it is.
    public sealed record Release(
        Claim Claim,
        OfferMode Mode,
        IReadOnlyList<TParty> Targets,
        TParty? Heir = null,
        bool IsLoan = false,
        string? Objection = null)
        : Command(Claim, Objection);

    public sealed record Acquire(Claim Claim, TParty By, TParty? Heir = null, string? Objection = null)
        : Command(Claim, Objection);

    public sealed record Decline(Claim Claim, TParty By, string? Objection = null) : Command(Claim, Objection);

    // Offer is which one: a newer offer is never revoked by an older word.
    public sealed record Revoke(Claim Claim, long Offer, string? Objection = null) : Command(Claim, Objection);

    // Heir null leaves the heir as it is.
    public sealed record Give(Claim Claim, string Name, TParty? Heir = null, string? Objection = null)
        : Command(Claim, Objection);

    public sealed record Get(Claim Claim, TParty By, TParty? Heir = null, string? Objection = null)
        : Command(Claim, Objection);

    public sealed record Reattach(Claim Claim, TParty By, string? Objection = null) : Command(Claim, Objection);

    // Heir null means none from now on.
    public sealed record SetHeir(Claim Claim, TParty? Heir, string? Objection = null) : Command(Claim, Objection);

    public sealed record Close(Claim Claim, string? Objection = null) : Command(Claim, Objection);

    // Anything that an owner does to its socket and that moves nothing: write, credit, ask.
    public sealed record Use(Claim Claim, string? Objection = null) : Command(Claim, Objection);

    // As use, and it leaves the socket another one: an option, a filter, a side that is shut down. What is its name.
    public sealed record Change(Claim Claim, string What, string? Objection = null) : Command(Claim, Objection);

    // The borrower has done what it borrowed the socket for.
    public sealed record Return(Claim Claim, string? Objection = null) : Command(Claim, Objection);

    public sealed record Deadline(long Offer, int Turn) : OwnershipEvent<TParty>;

    // The time is over for which the socket was lent; Offer is the one that lent it.
    public sealed record LoanOver(long Offer) : OwnershipEvent<TParty>;

    public sealed record Died(TParty Party) : OwnershipEvent<TParty>;

    // The transport is over and nothing is left to read.
    public sealed record Ended : OwnershipEvent<TParty>;
}
