using Handoff.Transport.Handles.Moves;
using Effect = Handoff.Transport.Handles.Moves.TakerEffect;
using Event = Handoff.Transport.Handles.Moves.TakerEvent;

namespace Handoff.Transport.Tests.Handles.Moves;

// All that the taker, and what surrounds it, does next in one order or another.
internal static class TakerSteps
{
    private static readonly SocketResult Why = SocketResult.Of(ResultCode.EEBUSY);

    public static IEnumerable<MoveWorld> Of(MoveWorld world, Rules rules)
    {
        var taker = world.Taker;
        if (taker.IsDead || taker.IsFrozen) yield break;
        if (taker.State is null)
        {
            if (world.ToTaker is [Message.Offer, ..]) yield return Begin(world);
            yield break;
        }

        if (taker.Due is [var first, ..])
        {
            var doing = world with { Taker = taker with { Due = taker.Due.RemoveAt(0) } };
            yield return Do(doing, first, rules) with { Step = $"taker does {first}" };
            yield break;
        }

        if (taker.Ended is { } ended)
        {
            yield return See(world with { Taker = taker with { Ended = null } }, ended, rules);
            yield break;
        }

        foreach (var next in Comes(world, rules)) yield return next;
        if (taker.TimerRuns && !taker.State.IsOver)
            yield return See(world with { Taker = taker with { TimerRuns = false } }, new Event.Deadline(), rules);
    }

    // Whether its recipient answers at all.
    public static IEnumerable<MoveWorld> Whims(MoveWorld world, Rules rules)
    {
        if (!world.Taker.IsFree || world.HasAnswered || world.Taker.State is not TakerState.Asked) yield break;
        yield return See(world with { HasAnswered = true }, new Event.Agreed(), rules);
        yield return See(world with { HasAnswered = true }, new Event.Denied(Why), rules);
    }

    private static MoveWorld Begin(MoveWorld world)
    {
        var start = TakerTable.Start();
        return world with
        {
            ToTaker = world.ToTaker.RemoveAt(0),
            Taker = world.Taker with { State = start.Next, Due = [.. start.Effects] },
            Step = "taker sees the offer",
        };
    }

    private static IEnumerable<MoveWorld> Comes(MoveWorld world, Rules rules)
    {
        if (world.ToTaker is [var first, ..])
        {
            var rest = world with { ToTaker = world.ToTaker.RemoveAt(0) };
            if (first is Message.Withdraw) yield return See(rest, new Event.Withdrawn(Why), rules);
            if (first is Message.Transfer)
            {
                var isWaiting = world.Taker.State is TakerState.Waiting;
                var all = rest with { Came = isWaiting, Taker = rest.Taker with { Holds = isWaiting } };
                yield return See(all, new Event.TransferCame(), rules);
                yield return See(rest, new Event.TransferBroken(Why), rules);
            }
        }

        if (world.Giver.IsDead && !world.Taker.SawTheEnd && (world.ToTaker.IsEmpty || rules.EndOvertakes))
        {
            var seen = world with { Taker = world.Taker with { SawTheEnd = true } };
            yield return See(seen, new Event.PeerLost(Why), rules);
        }
    }

    private static MoveWorld See(MoveWorld world, Event what, Rules rules)
    {
        var (next, effects) = rules.Taker(world.Taker.State!, what);
        return world with
        {
            Taker = world.Taker with
            {
                State = next,
                Due = [.. effects],
                TimerRuns = world.Taker.TimerRuns && !next.IsOver,
            },
            Step = $"taker sees {what}, is {next}",
        };
    }

    private static MoveWorld Do(MoveWorld world, Effect effect, Rules rules)
    {
        var taker = world.Taker;
        return effect switch
        {
            Effect.StartTimer => world with { Taker = taker with { TimerRuns = rules.TakerHasTimers } },
            Effect.SendAccept => Send(world, Message.Accept),
            Effect.SendDecline => Send(world, Message.Decline),
            Effect.SendRefuse => Send(world, Message.Refuse),
            Effect.SendAdopted => Send(world with { SaidAdopted = true }, Message.Adopted),
            Effect.TakeToken => world.Token is Holder.Giver && !rules.TokenIsForAll
                ? world with { Taker = taker with { Ended = new Event.TokenGone() } }
                : world with { Token = Holder.Taker, Taker = taker with { Ended = new Event.TokenTaken() } },
            Effect.Admit => Invariants.Admit(world with { Taker = taker with { Uses = true } }),
            Effect.CloseCopies => world with { Taker = taker with { Uses = false, Holds = false } },
            Effect.TellAcquired or Effect.TellWithdrawn => Invariants.Tell(world, effect),
            _ => world,
        };
    }

    private static MoveWorld Send(MoveWorld world, Message message) =>
        world.Giver.IsDead ? world : world with { ToGiver = world.ToGiver.Add(message) };
}
