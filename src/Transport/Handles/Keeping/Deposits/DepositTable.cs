using Effect = Handoff.Transport.Handles.Keeping.Deposits.DepositEffect;
using Event = Handoff.Transport.Handles.Keeping.Deposits.DepositEvent;
using State = Handoff.Transport.Handles.Keeping.Deposits.DepositState;

namespace Handoff.Transport.Handles.Keeping.Deposits;

// What the keeper does with one deposit, as a pure function. As long as the depositor lives the keeper's copy is
// nobody's business; afterwards the token decides, as in every move: whose it is, the kernel says.
internal static class DepositTable
{
    public static State Start() => new State.Kept();

    public static DepositTransition Next(State state, Event what) => state switch
    {
        State.Kept => WhenKept(state, what),
        State.Left => WhenLeft(state, what),
        State.Asking asking => WhenAsking(asking, what),
        State.Won => WhenWon(state, what),
        State.Offered offered => WhenOffered(offered, what),
        _ => new(state, []),
    };

    private static DepositTransition WhenKept(State state, Event what) => what switch
    {
        Event.Updated => new(state, [new Effect.ReplaceToken()]),
        Event.Withdrawn => Close(DepositEnd.Withdrawn),
        Event.ConnectionEnded => Close(DepositEnd.Ended),
        Event.DepositorDied => new(new State.Left(), []),
        _ => new(state, []),
    };

    // The token is not taken before somebody wants it: whoever was sent it by the depositor goes first.
    private static DepositTransition WhenLeft(State state, Event what) => what switch
    {
        Event.Wanted => new(new State.Asking(IsWanted: true), [new Effect.TakeToken()]),
        Event.HoldOver => new(new State.Asking(IsWanted: false), [new Effect.TakeToken()]),
        Event.ConnectionEnded => Close(DepositEnd.Ended),
        _ => new(state, []),
    };

    private static DepositTransition WhenAsking(State.Asking asking, Event what) => what switch
    {
        Event.TokenTaken when asking.IsWanted => new(new State.Offered(IsLate: false), [new Effect.Offer()]),
        Event.TokenTaken => End(),
        Event.TokenGone => Close(DepositEnd.Elsewhere),
        Event.TokenBroken => Close(DepositEnd.Lost),
        _ => new(asking, []),
    };

    private static DepositTransition WhenWon(State state, Event what) => what switch
    {
        Event.Wanted => new(new State.Offered(IsLate: false), [new Effect.Offer()]),
        Event.HoldOver => End(),
        Event.ConnectionEnded => Close(DepositEnd.Ended),
        _ => new(state, []),
    };

    private static DepositTransition WhenOffered(State.Offered offered, Event what) => what switch
    {
        Event.Given => Close(DepositEnd.Adopted),
        Event.NotGiven when offered.IsLate => End(),
        Event.NotGiven => new(new State.Won(), []),
        Event.Lost => Close(DepositEnd.Lost),
        Event.HoldOver => new(new State.Offered(IsLate: true), []),
        _ => new(offered, []),
    };

    private static DepositTransition Close(DepositEnd why) => new(new State.Over(why), [new Effect.Close()]);

    // Only the one owner ends a connection, which others may have copies of.
    private static DepositTransition End() => new(new State.Over(DepositEnd.Unwanted), [new Effect.End()]);
}
