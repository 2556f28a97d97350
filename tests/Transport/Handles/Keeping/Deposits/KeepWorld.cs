using System.Collections.Immutable;
using Handoff.Transport.Handles.Keeping.Deposits;

namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// A depositor that may give its connection to a taker, its keeper, and two adopters. Tokens are numbered: the first
// deposit's, the move's, and the one after the move came to nothing.
internal sealed record KeepWorld
{
    public static KeepWorld Start { get; } = new();

    public bool DepositorIsDead { get; init; }

    public bool DepositorUses { get; init; } = true;

    public Phase Phase { get; init; }

    public bool WasAnswered { get; init; }

    // There was no room for an update.
    public bool WasRefused { get; init; }

    public bool TakerIsDead { get; init; }

    public bool TakerHas { get; init; }

    public bool TakerUses { get; init; }

    public ImmutableList<Party> Tokens { get; init; } = [Party.Nobody, Party.Nobody, Party.Nobody];

    // What the keeper was told and has not heard: the number of a token, or -1 for a withdrawal.
    public ImmutableList<int> ToKeeper { get; init; } = [];

    // Null: it is dead.
    public DepositState? Keeper { get; init; } = DepositTable.Start();

    public ImmutableList<DepositEffect> Due { get; init; } = [];

    public DepositEvent? Ended { get; init; }

    public int Token { get; init; }

    // The one that the last update brought.
    public int Next { get; init; }

    public bool KeeperHolds { get; init; } = true;

    public bool KnowsDeath { get; init; }

    public bool IsHoldOver { get; init; }

    public bool WasWithdrawn { get; init; }

    // Who asked last.
    public int Asking { get; init; }

    public int OfferedTo { get; init; }

    public ImmutableList<Adopter> Adopters { get; init; } = [Adopter.Start, Adopter.Start];

    public string? Wrong { get; init; }

    // Of what led here; not part of what the world is.
    public KeepWorld? Before { get; init; }

    public string Step { get; init; } = "start";

    public string Key =>
        $"{DepositorIsDead}{DepositorUses}{Phase}{WasAnswered}{WasRefused}|{TakerIsDead}{TakerHas}{TakerUses}"
        + $"|{string.Join(',', Tokens)}|{string.Join(',', ToKeeper)}|{Keeper}|{string.Join(',', Due)}|{Ended}"
        + $"|{Token}{Next}{KeeperHolds}{KnowsDeath}{IsHoldOver}{WasWithdrawn}{Asking}{OfferedTo}"
        + $"|{string.Join(',', Adopters)}|{Wrong}";

    public IEnumerable<Party> Users
    {
        get
        {
            if (DepositorUses) yield return Party.Depositor;
            if (TakerUses) yield return Party.Taker;
            if (Adopters[0].Uses) yield return Party.First;
            if (Adopters[1].Uses) yield return Party.Second;
        }
    }

    public KeepWorld Take(int token, Party who) => this with { Tokens = Tokens.SetItem(token, who) };

    public KeepWorld With(int adopter, Adopter next) => this with { Adopters = Adopters.SetItem(adopter, next) };

    public string History()
    {
        List<string> steps = [];
        for (var at = this; at is not null; at = at.Before) steps.Insert(0, at.Step);
        return string.Join("\n  ", steps);
    }
}
