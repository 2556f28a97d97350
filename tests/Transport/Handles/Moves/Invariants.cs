using Handoff.Transport.Handles.Moves;

namespace Handoff.Transport.Tests.Handles.Moves;

// What must hold of the two sides. Nothing in here repeats the tables: each line is one sentence of the design.
internal static class Invariants
{
    public const string Released = "Released";
    public const string Kept = "Kept";
    public const string Acquired = "Acquired";
    public const string Withdrawn = "Withdrawn";

    public static MoveWorld Tell(MoveWorld world, GiverEffect effect)
    {
        var told = effect is GiverEffect.TellReleased ? Released : Kept;
        if (world.Giver.Told is not null) return world with { Wrong = "the giver was told twice" };
        var isTakers = world.Token is Holder.Taker;
        var mayBeTold = told == Kept ? world.Giver.Uses && !isTakers : !world.Giver.Holds && isTakers;
        return world with
        {
            Giver = world.Giver with { Told = told },
            Wrong = mayBeTold ? null : $"the giver was told {told} before it was so",
        };
    }

    public static MoveWorld Tell(MoveWorld world, TakerEffect effect)
    {
        var told = effect is TakerEffect.TellAcquired ? Acquired : Withdrawn;
        if (world.Taker.Told is not null) return world with { Wrong = "the taker was told twice" };
        var isTakers = world.Token is Holder.Taker;
        var mayBeTold = told == Acquired ? world.Taker.Uses && isTakers : !world.Taker.Holds && !isTakers;
        return world with
        {
            Taker = world.Taker with { Told = told },
            Wrong = mayBeTold ? null : $"the taker was told {told} before it was so",
        };
    }

    public static MoveWorld Admit(MoveWorld world)
    {
        if (world.Token is not Holder.Taker) return world with { Wrong = "the taker used it without the token" };
        return world with { Wrong = world.SaidAdopted ? null : "the taker used it before it said that it adopted" };
    }

    // At every moment.
    public static string? Broken(MoveWorld world)
    {
        if (world.Wrong is { } wrong) return wrong;
        var users = new[] { IsUsing(world.Giver), IsUsing(world.Taker) }.Count(uses => uses);
        return users > 1 ? "two use the connection" : null;
    }

    // Where nothing more can happen, but for somebody dying.
    public static string? BrokenAtTheEnd(MoveWorld world)
    {
        var (giver, taker) = (world.Giver, world.Taker);
        var giverLives = giver is { IsDead: false, IsFrozen: false };
        var takerLives = taker is { IsDead: false, IsFrozen: false };
        if (giverLives && giver.Told is null) return "the giver was told nothing";
        if (takerLives && taker is { State: not null, Told: null }) return "the taker was told nothing";
        if (takerLives && world.Token is Holder.Taker && !taker.Uses) return "the taker won it and does not use it";
        if (giverLives && world.Token is Holder.Giver && !giver.Uses) return "the giver won it and does not use it";
        if (giverLives && !giver.Uses && world.Token is not Holder.Taker) return "the giver lives and nobody has it";
        if (takerLives && giver.IsDead && world is { Came: true, Token: Holder.Nobody or Holder.Unmade })
            return "the taker had all of it from a giver that died, and did not take it";
        if (takerLives && giver.IsDead && world.Token is Holder.Nobody && taker.State is TakerState.Dropped
            { Why.Outcome: MoveOutcome.PeerLost })
            return "a transfer that was sent before its giver died was not taken";
        if (giverLives && takerLives && taker.Told is not null && giver.Told == Released != (taker.Told == Acquired))
            return $"the giver was told {giver.Told} and the taker {taker.Told}";
        if (giverLives && giver.Holds != giver.Uses) return "the giver holds what it does not use, or the other way";
        return takerLives && taker.Holds != taker.Uses ? "the taker holds what it does not use" : null;
    }

    private static bool IsUsing<TState, TEvent, TEffect>(Party<TState, TEvent, TEffect> party)
        where TState : class
        where TEvent : class
        where TEffect : class => !party.IsDead && party.Uses;
}
