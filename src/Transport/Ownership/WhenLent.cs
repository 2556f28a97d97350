namespace Handoff.Transport.Ownership;

internal static class WhenLent<TParty>
    where TParty : class
{
    public static Transition<TParty> Next(OwnershipState<TParty>.Lent lent, OwnershipEvent<TParty> what) => what switch
    {
        OwnershipEvent<TParty>.Use => new(lent, []),
        OwnershipEvent<TParty>.Return => GiveBack(lent, LoanOutcome.Returned),
        OwnershipEvent<TParty>.LoanOver over when over.Offer == lent.Offers => GiveBack(lent, LoanOutcome.Expired),
        OwnershipEvent<TParty>.Reattach => new(
            lent with { Epoch = lent.Epoch + 1 },
            [OwnershipAction<TParty>.Tear.Instance, new OwnershipAction<TParty>.Admit(lent.Borrower, lent.Epoch + 1)]),
        OwnershipEvent<TParty>.Died died when died.Party.Equals(lent.Borrower) =>
            GiveBack(lent, LoanOutcome.BorrowerDied),
        OwnershipEvent<TParty>.Died died when died.Party.Equals(lent.Lender) => new(
            lent with { Lender = null },
            [new OwnershipAction<TParty>.Unwatch(died.Party)]),
        OwnershipEvent<TParty>.Ended => Close(lent),
        _ => new(lent, []),
    };

    private static Transition<TParty> GiveBack(OwnershipState<TParty>.Lent lent, LoanOutcome why)
    {
        Actions<TParty> over =
        [
            OwnershipAction<TParty>.StopDeadline.Instance,
            new OwnershipAction<TParty>.Unwatch(lent.Borrower),
            OwnershipAction<TParty>.Tear.Instance,
        ];
        if (why is not LoanOutcome.BorrowerDied)
            over = over.Then(new OwnershipAction<TParty>.TellLoanOver(lent.Borrower, lent.Epoch, why));
        if (lent.Lender is { } lender)
        {
            var epoch = lent.Epoch + 1;
            return new(
                new OwnershipState<TParty>.Held(lender, lent.Heir, epoch, lent.Offers),
                over.Then(
                    new OwnershipAction<TParty>.TellReturned(lender, why),
                    new OwnershipAction<TParty>.Admit(lender, epoch)));
        }

        var dead = why is LoanOutcome.BorrowerDied ? lent.Borrower : null;
        var next = Offering<TParty>.ToHeir(lent.Heir, dead, lent.Epoch, lent.Offers);
        return new(next.Next, [.. over, .. next.Actions]);
    }

    private static Transition<TParty> Close(OwnershipState<TParty>.Lent lent)
    {
        Actions<TParty> over =
        [
            OwnershipAction<TParty>.StopDeadline.Instance,
            new OwnershipAction<TParty>.Unwatch(lent.Borrower),
            new OwnershipAction<TParty>.TellClosed(lent.Borrower),
            OwnershipAction<TParty>.Flush.Instance,
        ];
        if (lent.Lender is { } lender)
        {
            over = over.Then(
                new OwnershipAction<TParty>.Unwatch(lender),
                new OwnershipAction<TParty>.TellReturned(lender, LoanOutcome.Closed));
        }

        return new(new OwnershipState<TParty>.Closed(lent.Epoch, lent.Offers), over);
    }
}
