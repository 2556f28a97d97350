using Handoff.Transport.Handles.Moves;

namespace Handoff.Transport.Tests.Handles.Moves;

// The machines that are walked, and how their surroundings behave: the real ones, or one that is broken.
internal sealed record Rules(
    Func<GiverState, GiverEvent, GiverTransition> Giver, Func<TakerState, TakerEvent, TakerTransition> Taker)
{
    public static Rules Real { get; } = new(GiverTable.Next, TakerTable.Next);

    // The end of a peer is told before what it had sent.
    public bool EndOvertakes { get; init; }

    // The bounds of a side's waits run.
    public bool GiverHasTimers { get; init; } = true;

    public bool TakerHasTimers { get; init; } = true;

    // Two may read the token.
    public bool TokenIsForAll { get; init; }

    public Rules WithGiver(Func<GiverState, GiverEvent, GiverTransition?> broken) =>
        this with { Giver = (state, what) => broken(state, what) ?? GiverTable.Next(state, what) };

    public Rules WithTaker(Func<TakerState, TakerEvent, TakerTransition?> broken) =>
        this with { Taker = (state, what) => broken(state, what) ?? TakerTable.Next(state, what) };
}
