namespace Handoff.Transport.Ownership;

// Epoch numbers the ownership period; Offers is the number of the last offer made, and never falls.
internal abstract record OwnershipState<TParty>(long Epoch, long Offers)
    where TParty : class
{
    // The owner, also while it waits for an answer; null if it is dead or the socket is closed.
    public virtual TParty? OwnerNow() => null;

    // The offer that targets may answer; null if there is none.
    public virtual Offer<TParty>? OfferNow() => null;

    // One actor may use the socket.
    public sealed record Held(TParty Owner, TParty? Heir, long Epoch, long Offers)
        : OwnershipState<TParty>(Epoch, Offers)
    {
        public override TParty OwnerNow() => Owner;
    }

    // The owner waits for an answer; nobody may use the socket. The heir of the release is one for this offer only.
    public sealed record Offered(TParty Owner, TParty? Heir, TParty? HeirBefore, Offer<TParty> To, long Epoch)
        : OwnershipState<TParty>(Epoch, To.Number)
    {
        public override TParty OwnerNow() => Owner;

        public override Offer<TParty> OfferNow() => To;
    }

    // The owner is dead; whoever is asked may acquire, then the heir, then nobody.
    public sealed record Bequeathed(TParty? Heir, Offer<TParty> To, long Epoch)
        : OwnershipState<TParty>(Epoch, To.Number)
    {
        public override Offer<TParty> OfferNow() => To;
    }

    // The borrower may use the socket until the loan is over; then it is the lender's again, or its heir's.
    public sealed record Lent(TParty Borrower, TParty? Lender, TParty? Heir, long Epoch, long Offers)
        : OwnershipState<TParty>(Epoch, Offers)
    {
        public override TParty OwnerNow() => Borrower;
    }

    // On offer under a name; nobody may use the socket. The heir of the give is one for this offer only.
    public sealed record Given(TParty Owner, TParty? Heir, TParty? HeirBefore, string Name, long Epoch, long Offers)
        : OwnershipState<TParty>(Epoch, Offers)
    {
        public override TParty OwnerNow() => Owner;
    }

    // What was accepted is flushed; nobody may command any more.
    public sealed record Closed(long Epoch, long Offers)
        : OwnershipState<TParty>(Epoch, Offers);
}
