using System.Collections.Immutable;
using Handoff.Transport.Handles.Moves;
using GiverParty = Handoff.Transport.Tests.Handles.Moves.Party<
    Handoff.Transport.Handles.Moves.GiverState,
    Handoff.Transport.Handles.Moves.GiverEvent,
    Handoff.Transport.Handles.Moves.GiverEffect>;
using TakerParty = Handoff.Transport.Tests.Handles.Moves.Party<
    Handoff.Transport.Handles.Moves.TakerState,
    Handoff.Transport.Handles.Moves.TakerEvent,
    Handoff.Transport.Handles.Moves.TakerEffect>;

namespace Handoff.Transport.Tests.Handles.Moves;

// Both sides, what is on its way between them, and the token.
internal sealed record MoveWorld(
    GiverParty Giver,
    TakerParty Taker,
    ImmutableList<Message> ToTaker,
    ImmutableList<Message> ToGiver,
    Holder Token)
{
    public bool WasRevoked { get; init; }

    // The whole transfer came to a taker that waited for it.
    public bool Came { get; init; }

    public bool SaidAdopted { get; init; }

    // The recipient has answered.
    public bool HasAnswered { get; init; }

    public string? Wrong { get; init; }

    // Of what led here; not part of what the world is.
    public MoveWorld? Before { get; init; }

    public string Step { get; init; } = "start";

    public string Key =>
        $"{Giver.Key}\n{Taker.Key}\n{string.Join(',', ToTaker)}|{string.Join(',', ToGiver)}|{Token}"
        + $"|{WasRevoked}{Came}{SaidAdopted}{HasAnswered}|{Wrong}";

    public static MoveWorld Start()
    {
        var start = GiverTable.Start();
        return new(
            new GiverParty(start.Next, [.. start.Effects]) { Uses = true, Holds = true },
            new TakerParty(null, []),
            [],
            [],
            Holder.Unmade);
    }

    public string History()
    {
        List<string> steps = [];
        for (var at = this; at is not null; at = at.Before) steps.Insert(0, at.Step);
        return string.Join("\n  ", steps);
    }
}
