namespace Handoff.Transport.Ownership;

internal static class WhenOffered<TParty>
    where TParty : class
{
    public static Transition<TParty> Next(OwnershipState<TParty>.Offered offered, OwnershipEvent<TParty> what) =>
        what switch
        {
            OwnershipEvent<TParty>.Acquire acquire => Acquire(offered, acquire),
            OwnershipEvent<TParty>.Decline decline => Drop(offered, decline.By, OfferOutcome.Declined),
            OwnershipEvent<TParty>.Deadline late when IsCurrent(late, offered.To) => TimeOut(offered),
            OwnershipEvent<TParty>.Died died when died.Party.Equals(offered.Owner) => Orphan(offered),
            OwnershipEvent<TParty>.Died died when offered.To.IsInvited(died.Party) =>
                Drop(offered, died.Party, OfferOutcome.TargetDied),
            OwnershipEvent<TParty>.Revoke => Revert(offered, OfferOutcome.Revoked),
            OwnershipEvent<TParty>.Close => Close(offered),
            _ => new(offered, []),
        };

    public static bool IsCurrent(OwnershipEvent<TParty>.Deadline late, Offer<TParty> offer) =>
        late.Offer == offer.Number && (late.Turn == offer.Turn || offer.Mode is not OfferMode.InOrder);

    private static Transition<TParty> Acquire(
        OwnershipState<TParty>.Offered offered, OwnershipEvent<TParty>.Acquire acquire)
    {
        var epoch = offered.Epoch + 1;
        if (offered.To.IsLoan && !acquire.By.Equals(offered.Owner)) return Lend(offered, acquire.By, epoch);
        return new(
            new OwnershipState<TParty>.Held(acquire.By, acquire.Heir, epoch, offered.Offers),
            Offering<TParty>.Win(offered.To, acquire.By).Then(
                new OwnershipAction<TParty>.Unwatch(offered.Owner),
                new OwnershipAction<TParty>.TellReleased(offered.Owner, acquire.By, offered.Epoch, offered.Offers),
                new OwnershipAction<TParty>.Admit(acquire.By, epoch)));
    }

    // The lender stays watched: it has the socket again when the loan is over. Nobody lends to itself.
    private static Transition<TParty> Lend(OwnershipState<TParty>.Offered offered, TParty by, long epoch) => new(
        new OwnershipState<TParty>.Lent(by, offered.Owner, offered.HeirBefore, epoch, offered.Offers),
        Offering<TParty>.Win(offered.To, by).Then(
            new OwnershipAction<TParty>.TellReleased(offered.Owner, by, offered.Epoch, offered.Offers),
            new OwnershipAction<TParty>.StartLoan(offered.Offers),
            new OwnershipAction<TParty>.Admit(by, epoch)));

    private static Transition<TParty> TimeOut(OwnershipState<TParty>.Offered offered) =>
        offered.To.Mode is OfferMode.InOrder
            ? Drop(offered, offered.To.Targets[0], OfferOutcome.TimedOut)
            : Revert(offered, OfferOutcome.TimedOut);

    private static Transition<TParty> Drop(OwnershipState<TParty>.Offered offered, TParty target, OfferOutcome why)
    {
        var (rest, actions) = Offering<TParty>.Drop(offered.To, target, why);
        if (rest is not null) return new(offered with { To = rest }, actions);
        var router = offered.To.Invited.Where(invited => !invited.Equals(target));
        return new(
            Owned(offered),
            [
                .. actions,
                .. router.Select(invited => new OwnershipAction<TParty>.Unwatch(invited)),
                OwnershipAction<TParty>.StopDeadline.Instance,
                .. Reverted(offered, why),
            ]);
    }

    private static Transition<TParty> Revert(OwnershipState<TParty>.Offered offered, OfferOutcome why) => new(
        Owned(offered),
        [
            .. Offering<TParty>.Dismiss(offered.To, why),
            .. Reverted(offered, why),
        ]);

    private static OwnershipState<TParty>.Held Owned(OwnershipState<TParty>.Offered offered) =>
        new(offered.Owner, offered.HeirBefore, offered.Epoch, offered.Offers);

    private static Actions<TParty> Reverted(
        OwnershipState<TParty>.Offered offered, OfferOutcome why) =>
        [
            OwnershipAction<TParty>.Resume.Instance,
            new OwnershipAction<TParty>.TellReleaseFailed(offered.Owner, offered.Offers, why),
        ];

    // The offer stands until its deadline, as far as it was not made to the dead owner itself.
    private static Transition<TParty> Orphan(OwnershipState<TParty>.Offered offered)
    {
        var dead = offered.Owner;
        Actions<TParty> actions =
            [new OwnershipAction<TParty>.Unwatch(dead), OwnershipAction<TParty>.Tear.Instance];
        var orphan = new OwnershipState<TParty>.Bequeathed(offered.Heir, offered.To, offered.Epoch);
        if (!offered.To.IsInvited(dead)) return new(orphan, actions);
        var next = WhenBequeathed<TParty>.Next(orphan, new OwnershipEvent<TParty>.Died(dead));
        return new(next.Next, [.. actions, .. next.Actions]);
    }

    private static Transition<TParty> Close(OwnershipState<TParty>.Offered offered) => new(
        new OwnershipState<TParty>.Closed(offered.Epoch, offered.Offers),
        [
            .. Offering<TParty>.Dismiss(offered.To, OfferOutcome.Closed),
            new OwnershipAction<TParty>.Unwatch(offered.Owner),
            new OwnershipAction<TParty>.TellReleaseFailed(offered.Owner, offered.Offers, OfferOutcome.Closed),
            new OwnershipAction<TParty>.TellClosed(offered.Owner),
            OwnershipAction<TParty>.Flush.Instance,
        ]);
}
