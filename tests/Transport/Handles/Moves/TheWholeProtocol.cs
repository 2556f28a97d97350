using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Handles.Moves;

public sealed class TheWholeProtocol(ITestOutputHelper output)
{
    public static TheoryData<string> Broken => [.. Mutants.All.Keys];

    [Fact]
    public void Has_one_user_and_tells_each_side_once_in_every_order_with_a_crash_or_a_stall_at_every_step()
    {
        var walk = new MoveWalk(Rules.Real);
        var wrong = walk.Run();
        output.WriteLine($"{walk.States} states, {walk.Steps} steps; ends: {string.Join(' ', walk.Ends)}");
        Assert.Null(wrong);
        Assert.Contains("Released/Acquired", walk.Ends);
        Assert.Contains("Kept/Withdrawn", walk.Ends);
        Assert.Contains("Kept/-", walk.Ends);
        Assert.Contains("-/Acquired", walk.Ends);
        Assert.DoesNotContain("Kept/Acquired", walk.Ends);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Is_found_out_where_one_of_its_guards_is_broken(string how)
    {
        var wrong = new MoveWalk(Mutants.All[how]).Run();
        output.WriteLine(wrong ?? "nothing was found");
        Assert.NotNull(wrong);
    }
}
