using Effect = Handoff.Transport.Handles.Moves.GiverEffect;
using Event = Handoff.Transport.Handles.Moves.GiverEvent;
using State = Handoff.Transport.Handles.Moves.GiverState;

namespace Handoff.Transport.Handles.Moves;

// The giver's side of the transfer protocol as a pure function: no clock, no socket. Before the transfer is sent the
// giver decides alone; from there on the token decides, whatever the taker says or does not say.
internal static class GiverTable
{
    public static GiverTransition Start() =>
        new(new State.Offering(), [new Effect.SendOffer(), new Effect.StartTimer(MoveTimer.Answer)]);

    public static GiverTransition Next(State state, Event what) => state switch
    {
        State.Offering => WhenOffering(state, what),
        State.Quiescing => WhenQuiescing(state, what),
        State.Transferred => WhenTransferred(state, what),
        State.Settling settling => WhenSettling(settling, what),
        _ => new(state, []),
    };

    private static GiverTransition WhenOffering(State state, Event what)
    {
        if (what is Event.Accepted)
            return new(new State.Quiescing(), [new Effect.Quiesce()]);
        return FailureIn(what) is { } why ? Keep(why, []) : new(state, []);
    }

    private static GiverTransition WhenQuiescing(State state, Event what) => what switch
    {
        Event.Quiesced => new(
            new State.Transferred(), [new Effect.StartTimer(MoveTimer.Transfer), new Effect.SendTransfer()]),
        Event.NotQuiesced failed => Keep(new(MoveOutcome.NotReady, failed.Why), []),
        _ => new(state, []),
    };

    // Adopted is no more than a reason to ask: then the giver believes the kernel, not its peer.
    private static GiverTransition WhenTransferred(State state, Event what)
    {
        var why = what is Event.Adopted
            ? MoveFailure.Malformed("the taker adopted without having taken the token")
            : FailureIn(what);
        return why is null ? new(state, []) : new(new State.Settling(why), [new Effect.TakeToken()]);
    }

    private static GiverTransition WhenSettling(State.Settling settling, Event what) => what switch
    {
        Event.TokenTaken => Keep(settling.Why, [new Effect.Resume()]),
        Event.TokenGone => new(new State.Released(), [new Effect.Close(), new Effect.TellReleased()]),
        _ => new(settling, []),
    };

    private static GiverTransition Keep(MoveFailure why, IReadOnlyList<Effect> first)
    {
        IReadOnlyList<Effect> withdraw = IsToBeTold(why.Outcome) ? [new Effect.SendWithdraw(why.Why)] : [];
        return new(new State.Kept(why), [.. first, .. withdraw, new Effect.TellKept(why)]);
    }

    // A taker that is gone, or that said itself that it has none of it, needs no word.
    private static bool IsToBeTold(MoveOutcome outcome) =>
        outcome is not (MoveOutcome.PeerLost or MoveOutcome.Declined);

    // What ends the move, if it ends here.
    private static MoveFailure? FailureIn(Event what) => what switch
    {
        Event.Declined declined => new(MoveOutcome.Declined, declined.Why),
        Event.Refused refused => new(MoveOutcome.Declined, refused.Why),
        Event.Confused confused => new(MoveOutcome.Malformed, confused.Why),
        Event.PeerLost lost => new(MoveOutcome.PeerLost, lost.Why),
        Event.NotSent failed => new(MoveOutcome.NotReady, failed.Why),
        Event.Deadline => MoveFailure.TimedOut("the taker"),
        Event.Revoked => new(MoveOutcome.Revoked, new(ResultCode.EEINTR, "the giver took it back")),
        Event.Accepted => MoveFailure.Malformed("the taker accepted twice"),
        Event.Adopted => MoveFailure.Malformed("the taker adopted what it was not sent"),
        _ => null,
    };
}
