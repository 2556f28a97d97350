using Handoff.Transport.Handles.Keeping.Deposits;
using Does = Handoff.Transport.Handles.Keeping.Deposits.DepositEffect;
using Is = Handoff.Transport.Handles.Keeping.Deposits.DepositState;
using Sees = Handoff.Transport.Handles.Keeping.Deposits.DepositEvent;

namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// The rules with one of their guards broken each, by what is wrong.
internal static class KeepMutants
{
    private static readonly DepositTransition Offer = new(new Is.Offered(false), [new Does.Offer()]);
    private static readonly DepositTransition Close = new(new Is.Over(DepositEnd.Lost), [new Does.Close()]);
    private static readonly DepositTransition End = new(new Is.Over(DepositEnd.Unwanted), [new Does.End()]);

    public static IReadOnlyDictionary<string, KeepRules> All { get; } = new Dictionary<string, KeepRules>
    {
        ["it is given out while its depositor lives"] = KeepRules.With((state, what) =>
            state is Is.Kept && what is Sees.Wanted ? new(new Is.Asking(true), [new Does.TakeToken()]) : null),
        ["it is given out without asking the token"] = KeepRules.With((state, what) =>
            state is Is.Left && what is Sees.Wanted ? Offer : null),
        ["it is given out although the token is gone"] = KeepRules.With((state, what) =>
            state is Is.Asking && what is Sees.TokenGone ? Offer : null),
        ["it is let go although the token was won"] = KeepRules.With((state, what) =>
            state is Is.Asking && what is Sees.TokenTaken ? Close : null),
        ["it is ended although somebody wants it"] = KeepRules.With((state, what) =>
            state is Is.Asking && what is Sees.TokenTaken ? End : null),
        ["it is ended although the token is gone"] = KeepRules.With((state, what) =>
            state is Is.Asking && what is Sees.TokenGone ? End : null),
        ["it is ended at the bound without asking the token"] = KeepRules.With((state, what) =>
            state is Is.Left && what is Sees.HoldOver ? End : null),
        ["it is let go as soon as its depositor is dead"] = KeepRules.With((state, what) =>
            what is Sees.DepositorDied ? Close : null),
        ["an update is answered and not made"] = KeepRules.With((state, what) =>
            what is Sees.Updated ? new(state, []) : null),
        ["a withdrawal is not made"] = KeepRules.With((state, what) =>
            what is Sees.Withdrawn ? new(state, []) : null),
        ["it is offered to two at once"] = KeepRules.With((state, what) =>
            state is Is.Offered && what is Sees.Wanted ? new(state, [new Does.Offer()]) : null),
        ["it is kept after it was given"] = KeepRules.With((state, what) =>
            state is Is.Offered && what is Sees.Given ? new(new Is.Won(), []) : null),
        ["it is let go when an adopter did not take it"] = KeepRules.With((state, what) =>
            state is Is.Offered && what is Sees.NotGiven ? Close : null),
        ["the bound is forgotten while it is offered"] = KeepRules.With((state, what) =>
            state is Is.Offered && what is Sees.HoldOver ? new(new Is.Offered(false), []) : null),
        ["the bound is forgotten while nobody wants it"] = KeepRules.With((state, what) =>
            state is Is.Won && what is Sees.HoldOver ? new(state, []) : null),
        ["it waits for an adopter without a bound"] = KeepRules.Real with { HoldEnds = false },
        ["its copy is not closed"] = KeepRules.With((state, what) =>
            state is Is.Asking && what is Sees.TokenGone ? new(new Is.Over(DepositEnd.Elsewhere), []) : null),
        ["a giver does not wait for the answer to its update"] = KeepRules.Real with { GiverWaits = false },
        ["a giver does not tell its token"] = KeepRules.Real with { GiverTells = false },
    };
}
