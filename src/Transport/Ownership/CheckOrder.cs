using System.Collections.Immutable;

namespace Handoff.Transport.Ownership;

// Each command's checks, first failure wins: policy, state, authority, pending offer (LPC's order, semantics of
// socket_release and socket_acquire). An offer's target has no authority until it is known that there is an offer.
internal static class CheckOrder
{
    public static ImmutableArray<(Check Check, ResultCode Code)> User { get; } =
    [
        (Check.Permitted, ResultCode.EESECURITY),
        (Check.Open, ResultCode.EEBADF),
        (Check.Authority, ResultCode.EESECURITY),
        (Check.NotOnOffer, ResultCode.EESOCKRLSD),
    ];

    // What is only lent is not its user's to change or to dispose of.
    public static ImmutableArray<(Check Check, ResultCode Code)> Owner { get; } =
    [
        .. User,
        (Check.NotOnLoan, ResultCode.EESOCKRLSD),
    ];

    public static ImmutableArray<(Check Check, ResultCode Code)> OwnerOnOffer { get; } =
    [
        (Check.Permitted, ResultCode.EESECURITY),
        (Check.Open, ResultCode.EEBADF),
        (Check.Authority, ResultCode.EESECURITY),
        (Check.OnOffer, ResultCode.EESOCKNOTRLSD),
        (Check.ThisOffer, ResultCode.EESOCKNOTRLSD),
    ];

    public static ImmutableArray<(Check Check, ResultCode Code)> OwnerAlways { get; } =
    [
        (Check.Permitted, ResultCode.EESECURITY),
        (Check.Open, ResultCode.EEBADF),
        (Check.Authority, ResultCode.EESECURITY),
        (Check.NotOnLoan, ResultCode.EESOCKRLSD),
    ];

    public static ImmutableArray<(Check Check, ResultCode Code)> Borrower { get; } =
    [
        (Check.Permitted, ResultCode.EESECURITY),
        (Check.Open, ResultCode.EEBADF),
        (Check.Authority, ResultCode.EESECURITY),
        (Check.OnLoan, ResultCode.EESOCKNOTRLSD),
    ];

    public static ImmutableArray<(Check Check, ResultCode Code)> OwnerItself { get; } =
    [
        .. User,
        (Check.SameOwner, ResultCode.EESECURITY),
    ];

    public static ImmutableArray<(Check Check, ResultCode Code)> Target { get; } =
    [
        (Check.Permitted, ResultCode.EESECURITY),
        (Check.Open, ResultCode.EEBADF),
        (Check.OnOffer, ResultCode.EESOCKNOTRLSD),
        (Check.ThisOffer, ResultCode.EESOCKNOTRLSD),
        (Check.Invited, ResultCode.EESECURITY),
    ];

    public static ImmutableArray<(Check Check, ResultCode Code)> Of<TParty>(OwnershipEvent<TParty>.Command command)
        where TParty : class => command switch
        {
            OwnershipEvent<TParty>.Release => Owner,
            OwnershipEvent<TParty>.Acquire => Target,
            OwnershipEvent<TParty>.Decline => Target,
            OwnershipEvent<TParty>.Revoke => OwnerOnOffer,
            OwnershipEvent<TParty>.Give => Owner,
            OwnershipEvent<TParty>.Get => Target,
            OwnershipEvent<TParty>.Reattach => OwnerItself,
            OwnershipEvent<TParty>.SetHeir => Owner,
            OwnershipEvent<TParty>.Close => OwnerAlways,
            OwnershipEvent<TParty>.Use => User,
            OwnershipEvent<TParty>.Change => Owner,
            OwnershipEvent<TParty>.Return => Borrower,
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "not a command"),
        };
}
