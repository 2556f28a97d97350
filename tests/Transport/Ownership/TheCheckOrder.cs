using Handoff.Transport.Ownership;
using Event = Handoff.Transport.Ownership.OwnershipEvent<string>;
using State = Handoff.Transport.Ownership.OwnershipState<string>;

namespace Handoff.Transport.Tests.Ownership;

// A line for each row of the table: a command that fails this check and every later one that it can fail at the
// same time, so that the answer shows which check comes first.
public sealed class TheCheckOrder
{
    private static readonly Claim Good = new(Number: 4, Genuine: true);
    private static readonly Claim Old = new(Number: 3, Genuine: true);
    private static readonly Claim Forged = new(Number: 4, Genuine: false);
    private static readonly Offer<string> ToB = new(Number: 9, OfferMode.InOrder, ["b"], Turn: 0);
    private static readonly Claim OfferGood = new(Number: 9, Genuine: true);
    private static readonly Claim OfferOld = new(Number: 8, Genuine: true);
    private static readonly Claim OfferForged = new(Number: 9, Genuine: false);

    private static readonly State Held = new State.Held("a", Heir: null, Epoch: 4, Offers: 9);
    private static readonly State Offered = new State.Offered("a", Heir: null, HeirBefore: null, ToB, Epoch: 4);
    private static readonly State Bequeathed = new State.Bequeathed(Heir: null, ToB, Epoch: 4);
    private static readonly State Lent = new State.Lent("a", "b", Heir: null, Epoch: 4, Offers: 9);
    private static readonly State Given =
        new State.Given("a", Heir: null, HeirBefore: null, "name", Epoch: 4, Offers: 9);
    private static readonly State Closed = new State.Closed(Epoch: 4, Offers: 9);

    private static readonly (string Row, State State, Event.Command Command, ResultCode Code)[] Lines =
    [
        .. Owner("Release", (claim, may) => new Event.Release(claim, OfferMode.InOrder, ["b"], Objection: may)),
        .. Owner("Give", (claim, may) => new Event.Give(claim, "name", Objection: may)),
        .. Owner("SetHeir", (claim, may) => new Event.SetHeir(claim, "b", may)),
        .. Owner("Use", (claim, may) => new Event.Use(claim, may)),
        .. Owner("Change", (claim, may) => new Event.Change(claim, "Change", may)),
        .. Owner("Reattach", (claim, may) => new Event.Reattach(claim, "b", may)),
        ("Release NotOnLoan", Lent, new Event.Release(Good, OfferMode.InOrder, ["b"]), ResultCode.EESOCKRLSD),
        ("Give NotOnLoan", Lent, new Event.Give(Good, "name"), ResultCode.EESOCKRLSD),
        ("SetHeir NotOnLoan", Lent, new Event.SetHeir(Good, "b"), ResultCode.EESOCKRLSD),
        ("Change NotOnLoan", Lent, new Event.Change(Good, "Change"), ResultCode.EESOCKRLSD),
        ("Reattach SameOwner", Lent, new Event.Reattach(Good, "b"), ResultCode.EESECURITY),
        .. Owner("Close", (claim, may) => new Event.Close(claim, may)).Take(3),
        ("Close NotOnLoan", Lent, new Event.Close(Good), ResultCode.EESOCKRLSD),
        .. Owner("Return", (claim, may) => new Event.Return(claim, may)).Take(3),
        ("Return OnLoan", Held, new Event.Return(Good), ResultCode.EESOCKNOTRLSD),
        .. Owner("Revoke", (claim, may) => new Event.Revoke(claim, Offer: 8, may)).Take(3),
        ("Revoke OnOffer", Held, new Event.Revoke(Good, Offer: 8), ResultCode.EESOCKNOTRLSD),
        ("Revoke ThisOffer", Offered, new Event.Revoke(Good, Offer: 8), ResultCode.EESOCKNOTRLSD),
        .. Target("Acquire", Offered, (claim, may) => new Event.Acquire(claim, "c", Objection: may)),
        .. Target("Decline", Bequeathed, (claim, may) => new Event.Decline(claim, "c", may)),
        .. Target("Get", Given, (claim, may) => new Event.Get(claim, "c", Objection: may)),
    ];

    public static TheoryData<string> Rows => [.. Lines.Select(line => line.Row)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Asks_in_this_order(string row)
    {
        var (_, state, command, code) = Lines.Single(line => line.Row == row);
        var step = OwnershipTable.Next(state, command);
        Assert.Equal(code, step.Refusal?.Code);
        Assert.Same(state, step.Next);
        Assert.StartsWith(command.GetType().Name, step.Refusal!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_a_line_here_for_every_row_of_the_table()
    {
        var rows = Lines.GroupBy(line => line.Command.GetType())
            .SelectMany(group => CheckOrder.Of(group.First().Command).Select(row => $"{group.Key.Name} {row.Check}"));
        Assert.Equal(rows.Order(), Lines.Select(line => line.Row).Order());
        var commands = typeof(Event).GetNestedTypes().Where(type => type.BaseType?.Name.StartsWith("Command") is true);
        var covered = Lines.Select(line => line.Row.Split(' ')[0]).Distinct();
        Assert.Equal(commands.Select(type => type.Name).Order(), covered.Order());
    }

    [Theory]
    [InlineData("Held")]
    [InlineData("Closed")]
    public void An_acquire_without_an_offer_is_refused(string state)
    {
        var step = OwnershipTable.Next(state == "Held" ? Held : Closed, new Event.Acquire(OfferGood, "b"));
        Assert.Equal(state == "Held" ? ResultCode.EESOCKNOTRLSD : ResultCode.EEBADF, step.Refusal?.Code);
    }

    [Fact]
    public void A_forged_offer_is_refused_even_from_its_target()
    {
        var step = OwnershipTable.Next(Offered, new Event.Acquire(OfferForged, "b"));
        Assert.Equal(ResultCode.EESECURITY, step.Refusal?.Code);
    }

    [Fact]
    public void A_forged_handle_of_the_right_epoch_is_refused()
    {
        var step = OwnershipTable.Next(Held, new Event.Close(Forged));
        Assert.Equal(ResultCode.EESECURITY, step.Refusal?.Code);
    }

    [Fact]
    public void The_handle_of_a_dead_owner_is_no_authority()
    {
        var step = OwnershipTable.Next(Bequeathed, new Event.Close(Good));
        Assert.Equal(ResultCode.EESECURITY, step.Refusal?.Code);
    }

    private static (string, State, Event.Command, ResultCode)[] Owner(
        string name, Func<Claim, string?, Event.Command> command) =>
    [
        ($"{name} Permitted", Closed, command(Old, "no"), ResultCode.EESECURITY),
        ($"{name} Open", Closed, command(Old, null), ResultCode.EEBADF),
        ($"{name} Authority", Offered, command(Old, null), ResultCode.EESECURITY),
        ($"{name} NotOnOffer", Offered, command(Good, null), ResultCode.EESOCKRLSD),
    ];

    private static (string, State, Event.Command, ResultCode)[] Target(
        string name, State pending, Func<Claim, string?, Event.Command> command) =>
    [
        ($"{name} Permitted", Closed, command(OfferOld, "no"), ResultCode.EESECURITY),
        ($"{name} Open", Closed, command(OfferOld, null), ResultCode.EEBADF),
        ($"{name} OnOffer", Held, command(OfferOld, null), ResultCode.EESOCKNOTRLSD),
        ($"{name} ThisOffer", pending, command(OfferOld, null), ResultCode.EESOCKNOTRLSD),
        ($"{name} Invited", pending, command(pending == Given ? OfferForged : OfferGood, null), ResultCode.EESECURITY),
    ];
}
