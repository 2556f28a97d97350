namespace Handoff.Transport.Ownership;

internal static class Checks<TParty>
    where TParty : class
{
    public static OwnershipAction<TParty>.Refuse? FirstFailure(
        OwnershipState<TParty> state, OwnershipEvent<TParty>.Command command)
    {
        foreach (var (check, code) in CheckOrder.Of(command))
        {
            if (!Passes(check, state, command)) return new(code, Reason(check, state, command));
        }

        return null;
    }

    private static bool Passes(Check check, OwnershipState<TParty> state, OwnershipEvent<TParty>.Command command) =>
        check switch
        {
            Check.Permitted => command.Objection is null,
            Check.Open => state is not OwnershipState<TParty>.Closed,
            Check.Authority =>
                command.Claim.Genuine && command.Claim.Number == state.Epoch && state.OwnerNow() is not null,
            Check.NotOnOffer => state is OwnershipState<TParty>.Held or OwnershipState<TParty>.Lent,
            Check.OnOffer => IsOnOffer(state, command),
            Check.ThisOffer => OfferNamedBy(command) == state.Offers,
            Check.Invited => command.Claim.Genuine && IsInvited(state, command),
            Check.SameOwner => ((OwnershipEvent<TParty>.Reattach)command).By.Equals(state.OwnerNow()),
            Check.NotOnLoan => state is not OwnershipState<TParty>.Lent,
            Check.OnLoan => state is OwnershipState<TParty>.Lent,
            _ => throw new ArgumentOutOfRangeException(nameof(check), check, "not a check"),
        };

    private static bool IsOnOffer(OwnershipState<TParty> state, OwnershipEvent<TParty>.Command command) =>
        command switch
        {
            OwnershipEvent<TParty>.Get => state is OwnershipState<TParty>.Given,
            OwnershipEvent<TParty>.Revoke => state is OwnershipState<TParty>.Offered or OwnershipState<TParty>.Given,
            _ => state is OwnershipState<TParty>.Offered or OwnershipState<TParty>.Bequeathed,
        };

    private static long OfferNamedBy(OwnershipEvent<TParty>.Command command) =>
        command is OwnershipEvent<TParty>.Revoke revoke ? revoke.Offer : command.Claim.Number;

    private static bool IsInvited(OwnershipState<TParty> state, OwnershipEvent<TParty>.Command command) =>
        command switch
        {
            OwnershipEvent<TParty>.Acquire acquire => state.OfferNow()!.MayAcquire(acquire.By),
            OwnershipEvent<TParty>.Decline decline => state.OfferNow()!.MayAcquire(decline.By),
            _ => true,
        };

    private static string Reason(Check check, OwnershipState<TParty> state, OwnershipEvent<TParty>.Command command)
    {
        var name = (command as OwnershipEvent<TParty>.Change)?.What ?? command.GetType().Name;
        return check switch
        {
            Check.Permitted => $"{name}: policy forbids it: {command.Objection}",
            Check.Open => $"{name}: the socket is closed",
            Check.Authority => $"{name}: handle of epoch {command.Claim.Number}, the socket is in epoch {state.Epoch}",
            Check.NotOnOffer => $"{name}: the socket is on offer {state.Offers}; revoke it or wait for its outcome",
            Check.OnOffer => $"{name}: the socket is not on offer",
            Check.ThisOffer => $"{name}: offer {OfferNamedBy(command)} is over, offer {state.Offers} is pending",
            Check.Invited => $"{name}: offer {state.Offers} was not made to the caller",
            Check.NotOnLoan => $"{name}: the socket is on loan; its borrower may read, write and return it",
            Check.OnLoan => $"{name}: the socket is not on loan",
            _ => $"{name}: the caller is not the owner",
        };
    }
}
