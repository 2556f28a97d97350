namespace Handoff.Transport.Ownership;

// A pending offer. Targets are those who can still answer; in order, only the first of them is invited.
// Turn counts the invitations that were passed on, so that the deadline of an earlier one is known as late. Whoever
// acquires a loan gives it back.
internal sealed record Offer<TParty>(
    long Number, OfferMode Mode, IReadOnlyList<TParty> Targets, int Turn, bool IsLoan = false)
    where TParty : class
{
    public IReadOnlyList<TParty> Invited =>
        Mode is OfferMode.AtOnce || Targets.Count == 1 ? Targets : [Targets[0]];

    public bool MayAcquire(TParty party) => Mode is OfferMode.AnyHolder || IsInvited(party);

    public bool IsInvited(TParty party)
    {
        if (Mode is not OfferMode.AtOnce || Targets.Count == 1) return Targets[0].Equals(party);
        foreach (var target in Targets)
        {
            if (target.Equals(party)) return true;
        }

        return false;
    }

    // Null when nobody is left to ask.
    public Offer<TParty>? Without(TParty party)
    {
        TParty[] left = [.. Targets.Where(target => !target.Equals(party))];
        return left.Length == 0 ? null : this with { Targets = left, Turn = Turn + 1 };
    }

    public bool Equals(Offer<TParty>? other) => other is not null && Number == other.Number && Mode == other.Mode
        && Turn == other.Turn && IsLoan == other.IsLoan && Targets.SequenceEqual(other.Targets);

    public override int GetHashCode() => HashCode.Combine(Number, Mode, Turn, Targets.Count);
}
