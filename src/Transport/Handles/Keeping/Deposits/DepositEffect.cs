namespace Handoff.Transport.Handles.Keeping.Deposits;

// What the keeper has to do, in this order. TakeToken ends with an event.
internal abstract record DepositEffect
{
    // The depositor's new token instead of the old one, of which nothing is read.
    public sealed record ReplaceToken : DepositEffect;

    public sealed record TakeToken : DepositEffect;

    // It goes with others to the adopter, in a move of its own token.
    public sealed record Offer : DepositEffect;

    // The keeper's copies, without a word to anybody's peer.
    public sealed record Close : DepositEffect;

    // The connection for all who have a copy of it, and then the keeper's copies.
    public sealed record End : DepositEffect;
}
