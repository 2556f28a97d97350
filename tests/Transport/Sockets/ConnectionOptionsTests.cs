using System.IO.Pipelines;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Tests.Sockets;

public sealed class ConnectionOptionsTests
{
    private static readonly ConnectionOptions Defaults = new(PipeScheduler.ThreadPool, PipeScheduler.Inline);

    [Fact]
    public void The_defaults_are_those_that_are_documented()
    {
        Assert.Equal(
            (256 * 1024, 256 * 1024, 64 * 1024, 1024 * 1024),
            (Defaults.ReceiveBuffer, Defaults.SendBuffer, Defaults.MaxPushBack, Defaults.LingerBytes));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)), (Defaults.Linger, Defaults.CloseTimeout));
        Assert.Equal((16 * 1024, 16 * 1024), (Defaults.Blocks.BlockSize, BlockPool.Shared.BlockSize));
        Assert.Same(TimeProvider.System, Defaults.TimeProvider);
    }

    [Fact]
    public void There_is_no_default_for_who_runs_what()
    {
        Assert.Throws<ArgumentNullException>(() => new ConnectionOptions(null!, PipeScheduler.Inline));
        Assert.Throws<ArgumentNullException>(() => new ConnectionOptions(PipeScheduler.Inline, null!));
    }

    [Fact]
    public void A_bound_that_bounds_nothing_is_refused()
    {
        var wrong = new Func<ConnectionOptions>[]
        {
            () => Defaults with { ReceiveBuffer = 0 },
            () => Defaults with { SendBuffer = 0 },
            () => Defaults with { MaxPushBack = -1 },
            () => Defaults with { LingerBytes = -1 },
            () => Defaults with { Linger = TimeSpan.FromTicks(-1) },
            () => Defaults with { Linger = TimeSpan.FromDays(2) },
            () => Defaults with { CloseTimeout = Timeout.InfiniteTimeSpan },
            () => Defaults with { CloseTimeout = TimeSpan.FromDays(2) },
            () => Defaults with { Blocks = new BlockPool(255) },
        };
        Assert.All(wrong, make => Assert.Throws<ArgumentOutOfRangeException>(make));
    }
}
