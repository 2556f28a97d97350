using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Tests.Engine.Paths;

public sealed class TurnsTests
{
    [Fact]
    public async Task The_time_out_ends_the_turns()
    {
        using var turns = new Turns(TimeSpan.Zero, TimeProvider.System, CancellationToken.None);
        Assert.Equal(ResultCode.EETIMEDOUT, await Last(turns));
    }

    [Fact]
    public async Task Whoever_gives_up_ends_the_turns()
    {
        using var given = new CancellationTokenSource();
        using var turns = new Turns(TimeSpan.FromDays(1), TimeProvider.System, given.Token);
        Assert.Null(await turns.NextAsync());
        await given.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, await turns.NextAsync());
        Assert.Equal(ResultCode.EEINTR, turns.Over);
    }

    private static async Task<ResultCode> Last(Turns turns)
    {
        while (true)
        {
            if (await turns.NextAsync() is { } over) return over;
        }
    }
}
