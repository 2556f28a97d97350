using System.Collections.Immutable;
using Handoff.Transport.Ownership;
using Action = Handoff.Transport.Ownership.OwnershipAction<string>;
using State = Handoff.Transport.Ownership.OwnershipState<string>;

namespace Handoff.Transport.Tests.Ownership;

// What the actions of the table have done so far to a model of everything outside it.
internal sealed record World(
    State State,
    ImmutableSortedDictionary<string, int> Watches,
    ImmutableSortedSet<string> Invited,
    ImmutableSortedSet<string> Dead,
    bool Flowing,
    bool Flushed,
    (long Offer, int Turn)? Deadline)
{
    public static World Start(Transition<string> birth) => new World(
        birth.Next,
        ImmutableSortedDictionary<string, int>.Empty,
        [],
        [],
        Flowing: true,
        Flushed: false,
        Deadline: null).Apply(birth);

    public string Key => string.Join(
        '|',
        Describe(State),
        string.Join(',', Watches),
        string.Join(',', Invited),
        string.Join(',', Dead),
        Flowing,
        Flushed,
        Deadline);

    public World Apply(Transition<string> transition) =>
        transition.Actions.Aggregate(this, (world, action) => world.Apply(action)) with { State = transition.Next };

    public static string Describe(State state) => state switch
    {
        State.Held held => $"Held({held.Owner},{held.Heir},{held.Epoch},{held.Offers})",
        State.Offered o => $"Offered({o.Owner},{o.Heir},{o.HeirBefore},{Describe(o.To)},{o.Epoch})",
        State.Bequeathed orphan => $"Bequeathed({orphan.Heir},{Describe(orphan.To)},{orphan.Epoch})",
        State.Lent l => $"Lent({l.Borrower},{l.Lender},{l.Heir},{l.Epoch},{l.Offers})",
        State.Given given => $"Given({given.Owner},{given.Heir},{given.Name},{given.Epoch},{given.Offers})",
        _ => $"Closed({state.Epoch},{state.Offers})",
    };

    private static string Describe(Offer<string> offer) =>
        $"{offer.Number}.{offer.Turn} {offer.Mode}{(offer.IsLoan ? " loan" : "")} {string.Join('+', offer.Targets)}";

    private World Apply(Action action) => action switch
    {
        Action.Watch watch => this with { Watches = Watches.SetItem(watch.Party, Count(watch.Party) + 1) },
        Action.Unwatch unwatch => Unwatched(unwatch.Party),
        Action.Pause => Require(Flowing, "paused twice") with { Flowing = false },
        Action.Resume => Require(!Flowing, "resumed while flowing") with { Flowing = true },
        Action.Tear => this with { Flowing = false },
        Action.Admit => this with { Flowing = true },
        Action.StartDeadline start => this with { Deadline = (start.Offer, start.Turn) },
        Action.StartLoan loan => Require(Deadline is null, "two deadlines") with { Deadline = (loan.Offer, -1) },
        Action.StopDeadline => Require(Deadline is not null, "no deadline to stop") with { Deadline = null },
        Action.Invite invite => Require(!Invited.Contains(Name(invite.Target, invite.Offer)), "invited twice") with
        {
            Invited = Invited.Add(Name(invite.Target, invite.Offer)),
        },
        Action.Withdraw withdraw => this with { Invited = Invited.Remove(Name(withdraw.Target, withdraw.Offer)) },
        Action.Flush => Require(!Flushed, "flushed twice") with { Flushed = true, Flowing = false },
        _ => this,
    };

    private World Unwatched(string party)
    {
        Require(Count(party) > 0, $"{party} unwatched more often than watched");
        return this with
        {
            Watches = Count(party) == 1 ? Watches.Remove(party) : Watches.SetItem(party, Count(party) - 1),
        };
    }

    private World Require(bool holds, string otherwise) =>
        holds ? this : throw new InvalidOperationException($"{otherwise} in {Key}");

    private int Count(string party) => Watches.GetValueOrDefault(party);

    public static string Name(string party, long offer) => $"{party}#{offer}";
}
