using Handoff.Transport.Ownership;
using Action = Handoff.Transport.Ownership.OwnershipAction<string>;
using Event = Handoff.Transport.Ownership.OwnershipEvent<string>;
using State = Handoff.Transport.Ownership.OwnershipState<string>;

namespace Handoff.Transport.Tests.Ownership;

// Returns what is wrong with a step, or null. Nothing in here repeats the table: each line is one sentence of the
// design.
internal static class Invariants
{
    public static string? Broken(World before, Event what, Transition<string> step, World after) =>
        Refusals(before, what, step)
        ?? Numbers(before, step)
        ?? Outcomes(before, what, step, after)
        ?? (ReferenceEquals(before, after) ? Unchanged(before, step) : Surroundings(after));

    private static string? Unchanged(World before, Transition<string> step) =>
        step.Next == before.State ? null : "the state changed without an action";

    private static string? Refusals(World before, Event what, Transition<string> step)
    {
        if (what is Event.Command && step.Refusal is { } refused)
        {
            if (step.Next != before.State) return "a refused command changed the state";
            if (before.State is State.Closed && refused.Code is not (ResultCode.EEBADF or ResultCode.EESECURITY))
            {
                return "a closed socket answers EEBADF";
            }
        }

        if (what is Event.Command { Objection: not null } && step.Refusal?.Code is not ResultCode.EESECURITY)
        {
            return "policy was asked last";
        }

        var isForged = what is Event.Command { Claim.Genuine: false };
        if (isForged && step.Refusal is null) return "a forged handle was obeyed";
        return Stale(before, what, step);
    }

    private static string? Stale(World before, Event what, Transition<string> step) => what switch
    {
        Event.Acquire or Event.Decline or Event.Get => ((Event.Command)what).Claim.Number != before.State.Offers
            && step.Refusal is null ? "an older offer was answered" : null,
        Event.Command command => command.Claim.Number != before.State.Epoch
            && step.Refusal is null ? "an older epoch was obeyed" : null,
        Event.Deadline late when late.Offer != before.State.Offers => step.Actions.Count > 0
            ? "the deadline of an older offer had an effect" : null,
        Event.LoanOver late when late.Offer != before.State.Offers => step.Actions.Count > 0
            ? "the end of an older loan had an effect" : null,
        _ => null,
    };

    private static string? Numbers(World before, Transition<string> step)
    {
        var admits = step.Actions.OfType<Action.Admit>().Count();
        if (step.Next.Epoch - before.State.Epoch != admits) return "the epoch rises by one when ownership moves";
        var invites = step.Actions.OfType<Action.Invite>().ToArray();
        if (step.Next.Offers < before.State.Offers) return "an offer number was used again";
        return invites.Any(invite => invite.Offer != step.Next.Offers) ? "an invitation to an older offer" : null;
    }

    private static string? Outcomes(World before, Event what, Transition<string> step, World after)
    {
        var told = step.Actions.Count(action => action is Action.TellReleased or Action.TellReleaseFailed);
        var wasWaiting = before.State is State.Offered or State.Given;
        var isWaiting = after.State is State.Offered or State.Given;
        var ownerDied = what is Event.Died died && wasWaiting && died.Party == OwnerOf(before.State);
        var expected = wasWaiting && !isWaiting && !ownerDied ? 1 : 0;
        if (told != expected) return $"the owner was told {told} outcomes, {expected} were due";
        var closed = step.Actions.OfType<Action.TellClosed>().Count();
        var hasClosed = after.State is State.Closed && what is not (Event.Died or Event.LoanOver or Event.Return);
        var mustClose = hasClosed && OwnerOf(before.State) is not null ? 1 : 0;
        if (closed != mustClose) return $"the owner was told Closed {closed} times, {mustClose} were due";
        return Loans(before, what, step, after);
    }

    // A loan ends once, for the lender and for the borrower as far as they live, and only a loan does.
    private static string? Loans(World before, Event what, Transition<string> step, World after)
    {
        var returned = step.Actions.OfType<Action.TellReturned>().Select(told => told.Lender).ToArray();
        var over = step.Actions.OfType<Action.TellLoanOver>().Select(told => told.Borrower).ToArray();
        if (before.State is not State.Lent lent || after.State is State.Lent)
        {
            return returned.Length + over.Length > 0 ? "a loan that did not end was over" : null;
        }

        string[] lenders = lent.Lender is { } lender ? [lender] : [];
        if (!returned.SequenceEqual(lenders)) return "the lender was not told once that its loan was over";
        string[] borrowers = what is Event.Died or Event.Ended ? [] : [lent.Borrower];
        if (!over.SequenceEqual(borrowers)) return "the borrower was not told once that its loan was over";
        if (after.State is State.Held held && held.Owner != lent.Lender) return "a loan came back to a stranger";
        return after.State is State.Held or State.Closed or State.Bequeathed ? null : "a loan that went on";
    }

    private static string? Surroundings(World after)
    {
        var offer = after.State switch
        {
            State.Offered offered => offered.To,
            State.Bequeathed orphan => orphan.To,
            _ => null,
        };
        List<string> watched = [.. offer?.Invited ?? []];
        if (OwnerOf(after.State) is { } owner) watched.Add(owner);
        if (after.State is State.Lent { Lender: { } lender }) watched.Add(lender);
        var expected = watched.GroupBy(party => party).ToDictionary(group => group.Key, group => group.Count());
        if (after.Watches.Any(pair => expected.GetValueOrDefault(pair.Key) != pair.Value)
            || expected.Count != after.Watches.Count)
        {
            return $"watched {string.Join(',', after.Watches)}, due {string.Join(',', expected)}";
        }

        var mayUse = after.State is State.Held or State.Lent;
        if (after.Flowing != mayUse) return "data flows exactly while somebody holds the socket";
        var isSettled = after.State is State.Held or State.Closed;
        if (after.Deadline is null != isSettled) return "an offer without its deadline";
        return after.Flushed == after.State is State.Closed ? null : "a socket is flushed exactly when it closes";
    }

    private static string? OwnerOf(State state) => state switch
    {
        State.Held held => held.Owner,
        State.Offered offered => offered.Owner,
        State.Given given => given.Owner,
        State.Lent lent => lent.Borrower,
        _ => null,
    };
}
