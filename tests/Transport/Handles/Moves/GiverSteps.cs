using Handoff.Transport.Handles.Moves;
using Effect = Handoff.Transport.Handles.Moves.GiverEffect;
using Event = Handoff.Transport.Handles.Moves.GiverEvent;

namespace Handoff.Transport.Tests.Handles.Moves;

// All that the giver, and what surrounds it, does next in one order or another.
internal static class GiverSteps
{
    private static readonly SocketResult Why = SocketResult.Of(ResultCode.EEBUSY);

    public static IEnumerable<MoveWorld> Of(MoveWorld world, Rules rules)
    {
        var giver = world.Giver;
        if (!giver.Acts) yield break;
        if (giver.Due is [var first, ..])
        {
            var doing = world with { Giver = giver with { Due = giver.Due.RemoveAt(0) } };
            foreach (var next in Do(doing, first, rules))
                yield return next with { Step = $"giver does {first}" };
            yield break;
        }

        if (giver.Ended is { } ended)
        {
            yield return See(world with { Giver = giver with { Ended = null } }, ended, rules);
            yield break;
        }

        foreach (var next in Comes(world, rules)) yield return next;
        if (giver.TimerRuns && !giver.State!.IsOver)
            yield return See(world with { Giver = giver with { TimerRuns = false } }, new Event.Deadline(), rules);
    }

    // What it may do, and need not.
    public static IEnumerable<MoveWorld> Whims(MoveWorld world, Rules rules)
    {
        if (world.Giver.IsFree && !world.WasRevoked && !world.Giver.State!.IsOver)
            yield return See(world with { WasRevoked = true }, new Event.Revoked(), rules);
    }

    private static IEnumerable<MoveWorld> Comes(MoveWorld world, Rules rules)
    {
        if (world.ToGiver is [var first, ..])
            yield return See(world with { ToGiver = world.ToGiver.RemoveAt(0) }, EventOf(first), rules);
        if (world.Taker.IsDead && !world.Giver.SawTheEnd && (world.ToGiver.IsEmpty || rules.EndOvertakes))
        {
            var seen = world with { Giver = world.Giver with { SawTheEnd = true } };
            yield return See(seen, new Event.PeerLost(Why), rules);
        }
    }

    private static Event EventOf(Message message) => message switch
    {
        Message.Accept => new Event.Accepted(),
        Message.Decline => new Event.Declined(Why),
        Message.Adopted => new Event.Adopted(),
        _ => new Event.Refused(Why),
    };

    private static MoveWorld See(MoveWorld world, Event what, Rules rules)
    {
        var (next, effects) = rules.Giver(world.Giver.State!, what);
        var over = next.IsOver;
        return world with
        {
            Giver = world.Giver with
            {
                State = next,
                Due = [.. effects],
                TimerRuns = world.Giver.TimerRuns && !over,
            },
            Step = $"giver sees {what}, is {next}",
        };
    }

    private static IEnumerable<MoveWorld> Do(MoveWorld world, Effect effect, Rules rules)
    {
        var giver = world.Giver;
        switch (effect)
        {
            case Effect.SendOffer:
                yield return Send(world, Message.Offer);
                break;
            case Effect.SendWithdraw:
                yield return Send(world, Message.Withdraw);
                break;
            case Effect.StartTimer:
                yield return world with { Giver = giver with { TimerRuns = rules.GiverHasTimers } };
                break;
            case Effect.Quiesce:
                yield return world with { Giver = giver with { Uses = false, Ended = new Event.Quiesced() } };
                yield return world with { Giver = giver with { Ended = new Event.NotQuiesced(Why) } };
                break;
            case Effect.SendTransfer:
                yield return Send(world with { Token = Holder.Nobody }, Message.Transfer);
                yield return world with { Giver = giver with { Ended = new Event.NotSent(Why) } };
                break;
            case Effect.TakeToken:
                yield return world.Token is Holder.Taker
                    ? world with { Giver = giver with { Ended = new Event.TokenGone() } }
                    : world with { Token = Holder.Giver, Giver = giver with { Ended = new Event.TokenTaken() } };
                break;
            case Effect.Resume:
                yield return world with { Giver = giver with { Uses = true } };
                break;
            case Effect.Close:
                yield return world with { Giver = giver with { Uses = false, Holds = false } };
                break;
            default:
                yield return Invariants.Tell(world, effect);
                break;
        }
    }

    private static MoveWorld Send(MoveWorld world, Message message) =>
        world.Taker.IsDead ? world : world with { ToTaker = world.ToTaker.Add(message) };
}
