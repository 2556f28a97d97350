namespace Handoff.Transport.Ownership;

internal static class WhenGiven<TParty>
    where TParty : class
{
    public static Transition<TParty> Next(OwnershipState<TParty>.Given given, OwnershipEvent<TParty> what) =>
        what switch
        {
            OwnershipEvent<TParty>.Get get => Get(given, get),
            OwnershipEvent<TParty>.Deadline late when late.Offer == given.Offers =>
                Revert(given, OfferOutcome.TimedOut),
            OwnershipEvent<TParty>.Revoke => Revert(given, OfferOutcome.Revoked),
            OwnershipEvent<TParty>.Died died when died.Party.Equals(given.Owner) => Inherit(given),
            OwnershipEvent<TParty>.Close => Close(given),
            _ => new(given, []),
        };

    private static Transition<TParty> Get(OwnershipState<TParty>.Given given, OwnershipEvent<TParty>.Get get) => new(
        new OwnershipState<TParty>.Held(get.By, get.Heir, given.Epoch + 1, given.Offers),
        [
            new OwnershipAction<TParty>.Watch(get.By),
            .. Over(given),
            new OwnershipAction<TParty>.Unwatch(given.Owner),
            new OwnershipAction<TParty>.TellReleased(given.Owner, get.By, given.Epoch, given.Offers),
            new OwnershipAction<TParty>.Admit(get.By, given.Epoch + 1),
        ]);

    private static Transition<TParty> Revert(OwnershipState<TParty>.Given given, OfferOutcome why) => new(
        new OwnershipState<TParty>.Held(given.Owner, given.HeirBefore, given.Epoch, given.Offers),
        [
            .. Over(given),
            OwnershipAction<TParty>.Resume.Instance,
            new OwnershipAction<TParty>.TellReleaseFailed(given.Owner, given.Offers, why),
        ]);

    private static Transition<TParty> Inherit(OwnershipState<TParty>.Given given)
    {
        var next = Offering<TParty>.ToHeir(given.Heir, given.Owner, given.Epoch, given.Offers);
        return next with
        {
            Actions =
            [
                .. Over(given),
                new OwnershipAction<TParty>.Unwatch(given.Owner),
                OwnershipAction<TParty>.Tear.Instance,
                .. next.Actions,
            ],
        };
    }

    private static Transition<TParty> Close(OwnershipState<TParty>.Given given) => new(
        new OwnershipState<TParty>.Closed(given.Epoch, given.Offers),
        [
            .. Over(given),
            new OwnershipAction<TParty>.Unwatch(given.Owner),
            new OwnershipAction<TParty>.TellReleaseFailed(given.Owner, given.Offers, OfferOutcome.Closed),
            new OwnershipAction<TParty>.TellClosed(given.Owner),
            OwnershipAction<TParty>.Flush.Instance,
        ]);

    private static Actions<TParty> Over(OwnershipState<TParty>.Given given) =>
        [OwnershipAction<TParty>.StopDeadline.Instance, new OwnershipAction<TParty>.FreeName(given.Name)];
}
