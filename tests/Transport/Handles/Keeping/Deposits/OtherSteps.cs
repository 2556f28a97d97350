namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// What the depositor, the taker of its move and the adopters do next, in one order or another.
internal static class OtherSteps
{
    private const int OfMove = 1, OfAgain = 2;

    public static IEnumerable<KeepWorld> Of(KeepWorld world, KeepRules rules)
    {
        foreach (var next in Depositor(world, rules)) yield return next;
        if (world is { TakerHas: true, TakerUses: false, TakerIsDead: false })
        {
            yield return world.Tokens[OfMove] is Party.Nobody
                ? world.Take(OfMove, Party.Taker) with { TakerUses = true, Step = "the taker takes the token" }
                : world with { TakerHas = false, Step = "the taker finds the token gone" };
        }

        for (var i = 0; i < world.Adopters.Count; i++)
        {
            var one = world.Adopters[i];
            if (one is not { IsDead: false, Has: true, Uses: false }) continue;
            yield return one.Token is Party.Nobody
                ? world.With(i, one with { Token = Party.First + i, Uses = true }) with { Step = $"{i} adopts" }
                : world.With(i, one with { Has = false }) with { Step = $"{i} finds the token gone" };
        }
    }

    // What may happen, and need not.
    public static IEnumerable<KeepWorld> Whims(KeepWorld world, KeepRules rules)
    {
        if (world is { DepositorIsDead: false, DepositorUses: true })
        {
            if (world.Phase is Phase.Using)
            {
                var stopped = world with { DepositorUses = false, Phase = Phase.Binding };
                yield return (rules.GiverTells ? Tell(stopped, OfMove) : stopped with { WasAnswered = true })
                    with { Step = "the depositor begins to give" };
            }

            if (!world.ToKeeper.Contains(-1) && !world.WasWithdrawn)
                yield return Tell(world, -1) with { Step = "the depositor withdraws" };
        }

        for (var i = 0; i < world.Adopters.Count; i++)
        {
            if (world.Adopters[i] is { IsDead: false, HasAsked: false } one && world.Keeper is not null)
                yield return world.With(i, one with { HasAsked = true }) with { Step = $"{i} asks" };
        }
    }

    public static IEnumerable<KeepWorld> Deaths(KeepWorld world)
    {
        if (!world.DepositorIsDead)
            yield return world with { DepositorIsDead = true, DepositorUses = false, Step = "the depositor dies" };
        if (!world.TakerIsDead)
            yield return world with { TakerIsDead = true, TakerUses = false, TakerHas = false, Step = "taker dies" };
        if (world.Keeper is not null)
        {
            yield return world with
            {
                Keeper = null, Due = [], Ended = null, ToKeeper = [], KeeperHolds = false, Step = "the keeper dies",
            };
        }

        for (var i = 0; i < world.Adopters.Count; i++)
        {
            if (world.Adopters[i] is { IsDead: false } one)
                yield return world.With(i, one with { IsDead = true, Has = false, Uses = false })
                    with { Step = $"{i} dies" };
        }
    }

    private static IEnumerable<KeepWorld> Depositor(KeepWorld world, KeepRules rules)
    {
        if (world.DepositorIsDead) yield break;
        switch (world.Phase)
        {
            case Phase.Binding when world.WasAnswered || !rules.GiverWaits:
                yield return world with { Phase = Phase.Sent, TakerHas = !world.TakerIsDead, Step = "sends" };
                break;
            case Phase.Binding when world.Keeper is null || world.WasRefused:
                yield return world.Take(OfMove, Party.Depositor) with
                {
                    DepositorUses = true, Phase = Phase.UsingAgain, Step = "the depositor goes on without a keeper",
                };
                break;
            case Phase.Sent when world.Tokens[OfMove] is Party.Nobody:
                yield return world.Take(OfMove, Party.Depositor) with
                {
                    DepositorUses = true, Phase = Phase.Back, Step = "the depositor takes the token back",
                };
                break;
            case Phase.Sent:
                yield return Tell(world, -1) with { Phase = Phase.Released, Step = "the depositor has given" };
                break;
            case Phase.Back:
                yield return Tell(world, OfAgain) with { Phase = Phase.UsingAgain, Step = "the depositor updates" };
                break;
        }
    }

    private static KeepWorld Tell(KeepWorld world, int what) =>
        world.Keeper is null ? world : world with { ToKeeper = world.ToKeeper.Add(what) };
}
