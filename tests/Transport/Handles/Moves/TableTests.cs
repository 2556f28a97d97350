using Handoff.Transport.Handles.Moves;

namespace Handoff.Transport.Tests.Handles.Moves;

public sealed class TableTests
{
    private static readonly SocketResult Why = new(ResultCode.EEBUSY, "because");

    // A taker that lies: the kernel says that nobody has the token.
    [Fact]
    public void A_giver_believes_the_token_and_not_its_peer()
    {
        var said = GiverTable.Next(new GiverState.Transferred(), new GiverEvent.Adopted());
        Assert.Equal([new GiverEffect.TakeToken()], said.Effects);
        var known = GiverTable.Next(said.Next, new GiverEvent.TokenTaken());
        var kept = Assert.IsType<GiverState.Kept>(known.Next);
        Assert.Equal((MoveOutcome.Malformed, ResultCode.EEBADDATA), (kept.Why.Outcome, kept.Why.Why.Code));
        Assert.IsType<GiverEffect.Resume>(known.Effects[0]);
    }

    [Fact]
    public void What_is_over_stays_as_it_is()
    {
        var kept = new GiverState.Kept(MoveFailure.TimedOut("nobody"));
        Assert.Equal((kept, 0), Counted(GiverTable.Next(kept, new GiverEvent.Adopted())));
        var owning = TakerTable.Next(new TakerState.Owning(), new TakerEvent.Withdrawn(Why));
        Assert.Equal((new TakerState.Owning(), 0), (owning.Next, owning.Effects.Count));
    }

    [Fact]
    public void A_token_that_is_none_is_refused()
    {
        var refused = TakerTable.Next(new TakerState.Holding(), new TakerEvent.TokenBroken(Why));
        Assert.Equal(MoveOutcome.Malformed, Assert.IsType<TakerState.Dropped>(refused.Next).Why.Outcome);
        Assert.Equal(
            [typeof(TakerEffect.CloseCopies), typeof(TakerEffect.SendRefuse), typeof(TakerEffect.TellWithdrawn)],
            refused.Effects.Select(effect => effect.GetType()));
    }

    private static (GiverState, int) Counted(GiverTransition step) => (step.Next, step.Effects.Count);
}
