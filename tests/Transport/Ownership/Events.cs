using Handoff.Transport.Ownership;
using Event = Handoff.Transport.Ownership.OwnershipEvent<string>;
using State = Handoff.Transport.Ownership.OwnershipState<string>;

namespace Handoff.Transport.Tests.Ownership;

// Every event that three parties and the clock can cause in a state, true, stale and forged claims included.
internal static class Events
{
    public static readonly string[] Parties = ["a", "b", "c"];

    private static readonly string?[] Heirs = [null, "a", "b", "c"];

    private static readonly (OfferMode Mode, string[] Targets)[] Offers =
    [
        .. Parties.Select(a => (OfferMode.InOrder, new[] { a })),
        .. Pairs().Select(pair => (OfferMode.InOrder, pair)),
        (OfferMode.InOrder, ["a", "b", "c"]),
        (OfferMode.InOrder, ["c", "c", "a"]),
        .. Pairs().Where(pair => string.CompareOrdinal(pair[0], pair[1]) < 0).Select(pair => (OfferMode.AtOnce, pair)),
        (OfferMode.AtOnce, ["a", "b", "c"]),
        .. Parties.Select(a => (OfferMode.AnyHolder, new[] { a })),
    ];

    private static readonly (OfferMode Mode, string[] Targets)[] Loans =
    [
        .. Parties.Select(a => (OfferMode.InOrder, new[] { a })),
        (OfferMode.InOrder, ["b", "a"]),
        (OfferMode.AtOnce, ["a", "b"]),
        (OfferMode.AnyHolder, ["c"]),
    ];

    public static IEnumerable<Event> Of(World world)
    {
        var state = world.State;
        var living = Parties.Where(party => !world.Dead.Contains(party)).ToArray();
        foreach (var claim in Claims(state.Epoch))
        {
            foreach (var what in OfOwner(state, claim, living)) yield return what;
        }

        foreach (var claim in Claims(state.Offers))
        {
            foreach (var what in OfTarget(claim, living)) yield return what;
        }

        for (var turn = 0; turn < 3; turn++)
        {
            yield return new Event.Deadline(state.Offers, turn);
            yield return new Event.Deadline(state.Offers - 1, turn);
        }

        yield return new Event.LoanOver(state.Offers);
        yield return new Event.LoanOver(state.Offers - 1);
        foreach (var party in living) yield return new Event.Died(party);
        if (state is not (State.Offered or State.Bequeathed or State.Given)) yield return new Event.Ended();
    }

    private static IEnumerable<Event> OfOwner(State state, Claim claim, string[] living)
    {
        // One release says enough about a claim that is no good.
        var good = claim.Genuine && claim.Number == state.Epoch;
        foreach (var (mode, targets) in good ? Offers : Offers.Take(1))
        {
            yield return new Event.Release(claim, mode, targets);
        }

        foreach (var (mode, targets) in good ? Loans : Loans.Take(1))
        {
            yield return new Event.Release(claim, mode, targets, IsLoan: true);
        }

        yield return new Event.Return(claim);
        yield return new Event.Return(claim, Objection: "no");
        yield return new Event.Release(claim, OfferMode.InOrder, ["b"], Heir: "c");
        yield return new Event.Release(claim, OfferMode.InOrder, ["b"], Heir: "c", IsLoan: true);
        yield return new Event.Release(claim, OfferMode.InOrder, ["b"], Objection: "no");
        yield return new Event.Give(claim, "name");
        yield return new Event.Revoke(claim, state.Offers);
        yield return new Event.Revoke(claim, state.Offers - 1);
        yield return new Event.Close(claim);
        yield return new Event.Use(claim);
        yield return new Event.Change(claim, "SetOption");
        foreach (var heir in Heirs) yield return new Event.SetHeir(claim, heir);
        foreach (var party in living) yield return new Event.Reattach(claim, party);
    }

    private static IEnumerable<Event> OfTarget(Claim claim, string[] living)
    {
        foreach (var party in living)
        {
            yield return new Event.Acquire(claim, party);
            yield return new Event.Acquire(claim, party, Heir: "a");
            yield return new Event.Acquire(claim, party, Objection: "no");
            yield return new Event.Decline(claim, party);
            yield return new Event.Get(claim, party);
        }
    }

    private static Claim[] Claims(long number) =>
        [new(number, Genuine: true), new(number - 1, Genuine: true), new(number, Genuine: false)];

    private static IEnumerable<string[]> Pairs() =>
        from a in Parties from b in Parties where a != b select new[] { a, b };
}
