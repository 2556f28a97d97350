using Handoff.Transport.Handles.Keeping.Deposits;

namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// The table that is walked, and how its surroundings behave: the real ones, or one that is broken.
internal sealed record KeepRules(Func<DepositState, DepositEvent, DepositTransition> Keeper)
{
    public static KeepRules Real { get; } = new(DepositTable.Next);

    // A giver waits for the keeper's answer before it sends.
    public bool GiverWaits { get; init; } = true;

    // A giver tells the keeper the token of its move.
    public bool GiverTells { get; init; } = true;

    public bool HoldEnds { get; init; } = true;

    public static KeepRules With(Func<DepositState, DepositEvent, DepositTransition?> broken) =>
        new((state, what) => broken(state, what) ?? DepositTable.Next(state, what));
}
