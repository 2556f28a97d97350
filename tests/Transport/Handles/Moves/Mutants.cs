using Handoff.Transport.Handles.Moves;
using GiverDoes = Handoff.Transport.Handles.Moves.GiverEffect;
using GiverIs = Handoff.Transport.Handles.Moves.GiverState;
using GiverSees = Handoff.Transport.Handles.Moves.GiverEvent;
using TakerDoes = Handoff.Transport.Handles.Moves.TakerEffect;
using TakerIs = Handoff.Transport.Handles.Moves.TakerState;
using TakerSees = Handoff.Transport.Handles.Moves.TakerEvent;

namespace Handoff.Transport.Tests.Handles.Moves;

// The protocol with one of its guards broken each, by what is wrong with it.
internal static class Mutants
{
    private static readonly MoveFailure Why = MoveFailure.TimedOut("nobody");

    public static IReadOnlyDictionary<string, Rules> All { get; } = new Dictionary<string, Rules>
    {
        ["the giver sends before its sockets have stopped"] = Giver((state, what) =>
            state is GiverIs.Offering && what is GiverSees.Accepted
                ? new(
                    new GiverIs.Transferred(),
                    [new GiverDoes.StartTimer(MoveTimer.Transfer), new GiverDoes.SendTransfer()])
                : null),
        ["the giver resumes at the deadline without asking the token"] = Giver((state, what) =>
            state is GiverIs.Transferred && what is GiverSees.Deadline ? Keep() : null),
        ["the giver resumes at the end of its peer without asking the token"] = Giver((state, what) =>
            state is GiverIs.Transferred && what is GiverSees.PeerLost ? Keep() : null),
        ["the giver takes the end of its peer for a yes"] = Giver((state, what) =>
            state is GiverIs.Transferred && what is GiverSees.PeerLost ? Release() : null),
        ["the giver resumes although the token is gone"] = Giver((state, what) =>
            state is GiverIs.Settling && what is GiverSees.TokenGone ? Keep() : null),
        ["the giver lets go although it has the token"] = Giver((state, what) =>
            state is GiverIs.Settling && what is GiverSees.TokenTaken ? Release() : null),
        ["the giver tells as soon as it hears, and when it knows"] = Giver((state, what) =>
            state is GiverIs.Transferred && what is GiverSees.Adopted
                ? new(new GiverIs.Settling(Why), [new GiverDoes.TellReleased(), new GiverDoes.TakeToken()])
                : null),
        ["the giver forgets that it stopped its sockets"] = Giver((state, what) =>
            state is GiverIs.Settling && what is GiverSees.TokenTaken
                ? new(new GiverIs.Kept(Why), [new GiverDoes.TellKept(Why)])
                : null),
        ["the giver does not close its copies"] = Giver((state, what) =>
            state is GiverIs.Settling && what is GiverSees.TokenGone
                ? new(new GiverIs.Released(), [new GiverDoes.TellReleased()])
                : null),
        ["the giver waits without a bound"] = Rules.Real with { GiverHasTimers = false },
        ["the taker uses it without the token"] = Taker((state, what) =>
            state is TakerIs.Waiting && what is TakerSees.TransferCame ? Own() : null),
        ["the taker uses it although the token is gone"] = Taker((state, what) =>
            state is TakerIs.Holding && what is TakerSees.TokenGone ? Own() : null),
        ["the taker uses it before it says so"] = Taker((state, what) =>
            state is TakerIs.Holding && what is TakerSees.TokenTaken
                ? new(
                    new TakerIs.Owning(),
                    [new TakerDoes.Admit(), new TakerDoes.SendAdopted(), new TakerDoes.TellAcquired()])
                : null),
        ["the taker takes what comes after it gave up"] = Taker((state, what) =>
            state is TakerIs.Dropped && what is TakerSees.TransferCame
                ? new(state, [new TakerDoes.TakeToken()])
                : null),
        ["the taker keeps copies of what is not its own"] = Taker((state, what) =>
            state is TakerIs.Holding && what is TakerSees.TokenGone
                ? new(new TakerIs.Dropped(Why), [new TakerDoes.TellWithdrawn(Why)])
                : null),
        ["the taker hears of one withdrawal twice"] = Taker((state, what) =>
            state is TakerIs.Dropped && what is TakerSees.Withdrawn
                ? new(state, [new TakerDoes.TellWithdrawn(Why)])
                : null),
        ["the taker lets go of what it won"] = Taker((state, what) =>
            state is TakerIs.Holding && what is TakerSees.TokenTaken
                ? new(new TakerIs.Dropped(Why), [new TakerDoes.CloseCopies(), new TakerDoes.TellWithdrawn(Why)])
                : null),
        ["the taker waits without a bound"] = Rules.Real with { TakerHasTimers = false },
        ["the end of a peer overtakes what it had sent"] = Rules.Real with { EndOvertakes = true },
        ["the token can be read twice"] = Rules.Real with { TokenIsForAll = true },
    };

    private static Rules Giver(Func<GiverIs, GiverSees, GiverTransition?> broken) => Rules.Real.WithGiver(broken);

    private static Rules Taker(Func<TakerIs, TakerSees, TakerTransition?> broken) => Rules.Real.WithTaker(broken);

    private static GiverTransition Keep() =>
        new(new GiverIs.Kept(Why), [new GiverDoes.Resume(), new GiverDoes.TellKept(Why)]);

    private static GiverTransition Release() =>
        new(new GiverIs.Released(), [new GiverDoes.Close(), new GiverDoes.TellReleased()]);

    private static TakerTransition Own() => new(
        new TakerIs.Owning(), [new TakerDoes.SendAdopted(), new TakerDoes.Admit(), new TakerDoes.TellAcquired()]);
}
