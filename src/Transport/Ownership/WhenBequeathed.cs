namespace Handoff.Transport.Ownership;

internal static class WhenBequeathed<TParty>
    where TParty : class
{
    public static Transition<TParty> Next(OwnershipState<TParty>.Bequeathed orphan, OwnershipEvent<TParty> what) =>
        what switch
        {
            OwnershipEvent<TParty>.Acquire acquire => Acquire(orphan, acquire),
            OwnershipEvent<TParty>.Decline decline => Drop(orphan, decline.By, OfferOutcome.Declined),
            OwnershipEvent<TParty>.Deadline late when WhenOffered<TParty>.IsCurrent(late, orphan.To) =>
                TimeOut(orphan),
            OwnershipEvent<TParty>.Died died when orphan.To.IsInvited(died.Party) =>
                Drop(orphan, died.Party, OfferOutcome.TargetDied),
            _ => new(orphan, []),
        };

    private static Transition<TParty> Acquire(
        OwnershipState<TParty>.Bequeathed orphan, OwnershipEvent<TParty>.Acquire acquire)
    {
        var epoch = orphan.Epoch + 1;
        var won = Offering<TParty>.Win(orphan.To, acquire.By);
        var admit = new OwnershipAction<TParty>.Admit(acquire.By, epoch);
        if (!orphan.To.IsLoan)
        {
            return new(
                new OwnershipState<TParty>.Held(acquire.By, acquire.Heir, epoch, orphan.Offers), won.Then(admit));
        }

        return new(
            new OwnershipState<TParty>.Lent(acquire.By, Lender: null, orphan.Heir, epoch, orphan.Offers),
            won.Then(new OwnershipAction<TParty>.StartLoan(orphan.Offers), admit));
    }

    private static Transition<TParty> TimeOut(OwnershipState<TParty>.Bequeathed orphan)
    {
        if (orphan.To.Mode is OfferMode.InOrder)
        {
            return Drop(orphan, orphan.To.Targets[0], OfferOutcome.TimedOut);
        }

        var next = Offering<TParty>.ToHeir(orphan.Heir, dead: null, orphan.Epoch, orphan.Offers);
        return next with
        {
            Actions = [.. Offering<TParty>.Dismiss(orphan.To, OfferOutcome.TimedOut), .. next.Actions],
        };
    }

    private static Transition<TParty> Drop(
        OwnershipState<TParty>.Bequeathed orphan, TParty target, OfferOutcome why)
    {
        var (rest, actions) = Offering<TParty>.Drop(orphan.To, target, why);
        if (rest is not null) return new(orphan with { To = rest }, actions);
        var dead = why is OfferOutcome.TargetDied ? target : null;
        var next = Offering<TParty>.ToHeir(orphan.Heir, dead, orphan.Epoch, orphan.Offers);
        var router = orphan.To.Invited.Where(invited => !invited.Equals(target));
        return new(
            next.Next,
            [
                .. actions,
                .. router.Select(invited => new OwnershipAction<TParty>.Unwatch(invited)),
                OwnershipAction<TParty>.StopDeadline.Instance,
                .. next.Actions,
            ]);
    }
}
