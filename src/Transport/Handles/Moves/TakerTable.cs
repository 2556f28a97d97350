using Effect = Handoff.Transport.Handles.Moves.TakerEffect;
using Event = Handoff.Transport.Handles.Moves.TakerEvent;
using State = Handoff.Transport.Handles.Moves.TakerState;

namespace Handoff.Transport.Handles.Moves;

// The taker's side of the transfer protocol as a pure function. Once the transfer is here nothing but the token
// decides: also where the giver is gone meanwhile.
internal static class TakerTable
{
    // An offer came.
    public static TakerTransition Start() =>
        new(new State.Asked(), [new Effect.StartTimer(MoveTimer.Answer), new Effect.Ask()]);

    public static TakerTransition Next(State state, Event what) => state switch
    {
        State.Asked => WhenAsked(state, what),
        State.Waiting => WhenWaiting(state, what),
        State.Holding => WhenHolding(state, what),
        _ => new(state, []),
    };

    private static TakerTransition WhenAsked(State state, Event what) => what switch
    {
        Event.Agreed => new(
            new State.Waiting(), [new Effect.StartTimer(MoveTimer.Transfer), new Effect.SendAccept()]),
        Event.Denied denied => Decline(new(MoveOutcome.Declined, denied.Why)),
        Event.Deadline => Decline(MoveFailure.TimedOut("whoever was to have it")),
        Event.TransferCame => Refuse(MoveFailure.Malformed("what was not accepted yet came")),
        Event.TransferBroken broken => Refuse(new(MoveOutcome.Malformed, broken.Why)),
        Event.Withdrawn withdrawn => Drop(new(MoveOutcome.Revoked, withdrawn.Why)),
        Event.PeerLost lost => Drop(new(MoveOutcome.PeerLost, lost.Why)),
        _ => new(state, []),
    };

    private static TakerTransition WhenWaiting(State state, Event what) => what switch
    {
        Event.TransferCame => new(new State.Holding(), [new Effect.TakeToken()]),
        Event.TransferBroken broken => Refuse(new(MoveOutcome.Malformed, broken.Why)),
        Event.Withdrawn withdrawn => Drop(new(MoveOutcome.Revoked, withdrawn.Why)),
        Event.PeerLost lost => Drop(new(MoveOutcome.PeerLost, lost.Why)),
        Event.Deadline => Refuse(MoveFailure.TimedOut("the giver")),
        _ => new(state, []),
    };

    private static TakerTransition WhenHolding(State state, Event what) => what switch
    {
        Event.TokenTaken => new(
            new State.Owning(), [new Effect.SendAdopted(), new Effect.Admit(), new Effect.TellAcquired()]),
        Event.TokenGone => Drop(new(
            MoveOutcome.Revoked, new(ResultCode.EESOCKNOTRLSD, "the giver took it back before it was taken"))),
        Event.TokenBroken broken => Refuse(new(MoveOutcome.Malformed, broken.Why)),
        _ => new(state, []),
    };

    private static TakerTransition Decline(MoveFailure why) =>
        new(new State.Dropped(why), [new Effect.SendDecline(why.Why), new Effect.TellWithdrawn(why)]);

    private static TakerTransition Refuse(MoveFailure why) => new(
        new State.Dropped(why),
        [new Effect.CloseCopies(), new Effect.SendRefuse(why.Why), new Effect.TellWithdrawn(why)]);

    private static TakerTransition Drop(MoveFailure why) =>
        new(new State.Dropped(why), [new Effect.CloseCopies(), new Effect.TellWithdrawn(why)]);
}
