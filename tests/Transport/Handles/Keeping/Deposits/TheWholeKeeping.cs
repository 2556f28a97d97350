using Handoff.Transport.Handles.Keeping.Deposits;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

public sealed class TheWholeKeeping(ITestOutputHelper output)
{
    public static TheoryData<string> Broken => [.. KeepMutants.All.Keys];

    [Fact]
    public void Leaves_one_user_at_most_in_every_order_with_each_side_dying_at_every_step()
    {
        var walk = new KeepWalk(KeepRules.Real);
        var wrong = walk.Run();
        output.WriteLine($"{walk.States} states; ends: {string.Join("; ", walk.Ends)}");
        Assert.True(wrong is null, wrong);
        foreach (var end in (string[])["First: ", "Second: ", "Depositor: ", "Taker: ", ": "])
            Assert.Contains(walk.Ends, one => one.StartsWith(end, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Is_found_out_where_one_of_its_guards_is_broken(string how)
    {
        var wrong = new KeepWalk(KeepMutants.All[how]).Run();
        output.WriteLine(wrong ?? "nothing was found");
        Assert.NotNull(wrong);
    }

    // Neither is in the walk: a token is one there, and connections do not end.
    [Fact]
    public void What_has_no_token_is_nobodys_and_what_has_ended_is_dropped()
    {
        DepositState[] asking = [new DepositState.Asking(true), new DepositState.Asking(false)];
        foreach (var state in asking) IsClosed(state, new DepositEvent.TokenBroken(), DepositEnd.Lost);
        DepositState[] waiting = [new DepositState.Kept(), new DepositState.Left(), new DepositState.Won()];
        foreach (var state in waiting) IsClosed(state, new DepositEvent.ConnectionEnded(), DepositEnd.Ended);
        IsClosed(new DepositState.Offered(false), new DepositEvent.Lost(), DepositEnd.Lost);
        var offered = new DepositState.Offered(false);
        Assert.Equal(offered, DepositTable.Next(offered, new DepositEvent.ConnectionEnded()).Next);
    }

    private static void IsClosed(DepositState state, DepositEvent what, DepositEnd why)
    {
        var (next, effects) = DepositTable.Next(state, what);
        Assert.Equal(new DepositState.Over(why), next);
        Assert.Equal([new DepositEffect.Close()], effects);
    }
}
