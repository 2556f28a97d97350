using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Engine.Linux;

public sealed class LoopWatchTests
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(1);
    private readonly Clock _clock = new();
    private readonly List<LoopStall> _stalls = [];

    [Fact]
    public async Task An_owner_that_blocks_its_loop_is_told_once_and_once_more_when_it_goes_on()
    {
        await using var engine = Watched(loops: 2);
        using var listener = engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await engine.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        using var blocked = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var owner = BlockAsync(far, blocked, goOn);
        Look();
        Assert.Empty(_stalls);
        await near.SendAsync(new byte[1]);
        Assert.True(blocked.Wait(Loopback.Bound));
        Look();
        Assert.Empty(_stalls);
        Look();
        var stall = Assert.Single(_stalls);
        Assert.Equal(far.ToString(), stall.Socket);
        Assert.False(stall.IsOver);
        Assert.True(stall.Lasted >= After);
        Look();
        Assert.Single(_stalls);
        goOn.Set();
        await owner.WaitAsync(Loopback.Bound);
        await UntilIdleAsync(near, far);
        Look();
        Assert.Equal([false, true], _stalls.Select(told => told.IsOver));
    }

    [Fact]
    public async Task A_loop_that_is_busy_but_goes_round_is_not_told()
    {
        await using var engine = Watched(loops: 1);
        using var listener = engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await engine.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        for (var i = 0; i < 10; i++)
        {
            await UntilIdleAsync(near, far);
            Look();
        }

        Assert.Empty(_stalls);
    }

    private LinuxEngine Watched(int loops) => new(new LinuxEngineOptions
    {
        Loops = loops,
        StallAfter = After,
        Stalled = _stalls.Add,
        TimeProvider = _clock,
    });

    private static async Task BlockAsync(
        Handoff.Transport.Engine.IStreamSocket socket, ManualResetEventSlim blocked, ManualResetEventSlim goOn)
    {
        await socket.WaitReadableAsync().ConfigureAwait(false);
        blocked.Set();
        Assert.True(goOn.Wait(Loopback.Bound));
        await socket.ReceiveAsync(new byte[1]).ConfigureAwait(false);
    }

    // One more round of the loop.
    private static async Task UntilIdleAsync(
        Handoff.Transport.Engine.IStreamSocket near, Handoff.Transport.Engine.IStreamSocket far)
    {
        var receive = far.ReceiveAsync(new byte[1]).AsTask();
        await near.SendAsync(new byte[1]);
        await receive.WaitAsync(Loopback.Bound);
    }

    private void Look()
    {
        _clock.Advance(After);
        _clock.Tick!();
    }

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public Action? Tick { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Tick = () => callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
