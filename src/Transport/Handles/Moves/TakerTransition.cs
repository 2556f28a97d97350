namespace Handoff.Transport.Handles.Moves;

internal readonly record struct TakerTransition(TakerState Next, IReadOnlyList<TakerEffect> Effects);
