namespace Handoff.Transport.Handles.Moves;

internal readonly record struct GiverTransition(GiverState Next, IReadOnlyList<GiverEffect> Effects);
