using Handoff.Transport.Handles.Keeping.Deposits;

namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// What must hold of a deposit. Nothing in here repeats the table: each line is one sentence of the design.
internal static class KeepInvariants
{
    public static KeepWorld Close(KeepWorld world)
    {
        var isGiven = world.Adopters.Any(one => one.Token is Party.First or Party.Second);
        var why = world.Tokens[world.Token] switch
        {
            Party.Keeper when !isGiven => "the keeper let go of what it won",
            Party.Nobody when !world.WasWithdrawn => "the keeper let go of what nobody else has",
            _ => null,
        };
        return world with { Wrong = why };
    }

    public static KeepWorld End(KeepWorld world) => world with
    {
        Wrong = world.Tokens[world.Token] is not Party.Keeper ? "the keeper ended what is not its own"
            : world.IsHoldOver ? null : "the keeper ended what may be wanted",
    };

    // At every moment.
    public static string? Broken(KeepWorld world) =>
        world.Wrong ?? (world.Users.Count() > 1 ? $"two use it: {string.Join(", ", world.Users)}" : null);

    // Where nothing more can happen, but for somebody dying or wanting something.
    public static string? BrokenAtTheEnd(KeepWorld world)
    {
        var isTakers = world.Tokens[1] is Party.Taker;
        if (!world.DepositorIsDead && !isTakers && !world.DepositorUses) return "the depositor lives and has it not";
        if (isTakers && !world.TakerIsDead && !world.TakerUses) return "the taker won it and does not use it";
        if (world.Keeper is not { } keeper) return null;
        if (world.KeeperHolds && world.WasWithdrawn) return "the keeper has a copy of what was withdrawn";
        if (world.KeeperHolds && world.DepositorIsDead) return "the keeper has a copy for ever";
        if (world.KeeperHolds && keeper is DepositState.Over) return "the keeper has a copy of what is over";
        return world.KeeperHolds && isTakers && !world.DepositorIsDead ? "the keeper has what was given away" : null;
    }
}
