using Handoff.Transport.Handles.Keeping.Deposits;

namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// What the keeper does next, in one order or another.
internal static class KeeperSteps
{
    public static IEnumerable<KeepWorld> Of(KeepWorld world, KeepRules rules)
    {
        if (world.Keeper is not { } state) yield break;
        if (world.Due is [var first, ..])
        {
            yield return Do(world with { Due = world.Due.RemoveAt(0), Step = $"the keeper does {first}" }, first);
            yield break;
        }

        if (world.Ended is { } ended)
        {
            yield return See(world with { Ended = null }, ended, rules);
            yield break;
        }

        if (world.ToKeeper is [var said, ..])
        {
            yield return Hear(world, said, rules);
            if (said >= 0)
                yield return world with
                {
                    ToKeeper = world.ToKeeper.RemoveAt(0), WasRefused = true, Step = "the keeper refuses an update",
                };
        }
        else if (world is { DepositorIsDead: true, KnowsDeath: false })
            yield return See(world with { KnowsDeath = true }, new DepositEvent.DepositorDied(), rules);
        for (var i = 0; i < world.Adopters.Count; i++)
        {
            if (world.Adopters[i] is { IsDead: false, HasAsked: true, WasAnswered: false } one)
            {
                var answered = world.With(i, one with { WasAnswered = true }) with { Asking = i };
                yield return See(answered, new DepositEvent.Wanted(), rules);
            }
        }

        if (world is { KnowsDeath: true, IsHoldOver: false } && rules.HoldEnds)
            yield return See(world with { IsHoldOver = true }, new DepositEvent.HoldOver(), rules);
        if (state is DepositState.Offered) yield return Settle(world, rules);
    }

    private static KeepWorld Hear(KeepWorld world, int said, KeepRules rules)
    {
        var rest = world with { ToKeeper = world.ToKeeper.RemoveAt(0) };
        if (said < 0) return See(rest with { WasWithdrawn = true }, new DepositEvent.Withdrawn(), rules);
        return See(rest with { Next = said, WasAnswered = true }, new DepositEvent.Updated(), rules);
    }

    // The move to whoever was offered it last ends: the keeper asks its token.
    private static KeepWorld Settle(KeepWorld world, KeepRules rules)
    {
        var one = world.Adopters[world.OfferedTo];
        if (one.Token is not Party.Nobody) return See(world, new DepositEvent.Given(), rules);
        return See(world.With(world.OfferedTo, one with { Token = Party.Keeper }), new DepositEvent.NotGiven(), rules);
    }

    private static KeepWorld See(KeepWorld world, DepositEvent what, KeepRules rules)
    {
        var (next, effects) = rules.Keeper(world.Keeper!, what);
        return world with { Keeper = next, Due = [.. effects], Step = $"the keeper sees {what}, is {next}" };
    }

    private static KeepWorld Do(KeepWorld world, DepositEffect effect)
    {
        switch (effect)
        {
            case DepositEffect.ReplaceToken:
                return world with { Token = world.Next };
            case DepositEffect.TakeToken when world.Tokens[world.Token] is Party.Nobody:
                return world.Take(world.Token, Party.Keeper) with { Ended = new DepositEvent.TokenTaken() };
            case DepositEffect.TakeToken:
                return world with { Ended = new DepositEvent.TokenGone() };
            case DepositEffect.Offer:
                var one = world.Adopters[world.Asking];
                return world.With(world.Asking, one with { Has = !one.IsDead, Token = Party.Nobody })
                    with { OfferedTo = world.Asking };
            case DepositEffect.Close:
                return KeepInvariants.Close(world) with { KeeperHolds = false };
            case DepositEffect.End:
                return KeepInvariants.End(world) with { KeeperHolds = false };
            default:
                return world;
        }
    }
}
