using System.Collections.Immutable;

namespace Handoff.Transport.Tests.Handles.Moves;

// One side of a move in the model: its machine, what it still has to do, and what it did to the sockets.
internal sealed record Party<TState, TEvent, TEffect>(TState? State, ImmutableList<TEffect> Due)
    where TState : class
    where TEvent : class
    where TEffect : class
{
    // Dead parties do nothing and have nothing; frozen ones do nothing, and have what they had.
    public bool IsDead { get; init; }

    public bool IsFrozen { get; init; }

    // What an effect ended with, and the machine has not seen yet.
    public TEvent? Ended { get; init; }

    // It reads and writes the connection.
    public bool Uses { get; init; }

    // It has the descriptors.
    public bool Holds { get; init; }

    public bool TimerRuns { get; init; }

    public bool SawTheEnd { get; init; }

    // What it was told, if it was.
    public string? Told { get; init; }

    public bool Acts => !IsDead && !IsFrozen && State is not null;

    // Done with all that it had to do, so that it looks at what comes.
    public bool IsFree => Acts && Due.IsEmpty && Ended is null;

    public string Key =>
        $"{State}|{string.Join(',', Due)}|{IsDead}{IsFrozen}{Uses}{Holds}{TimerRuns}{SawTheEnd}|{Ended}|{Told}";
}
