using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Engine.Linux;

public sealed class ReadinessTests
{
    private readonly Readiness _readiness = new();

    [Fact]
    public async Task What_is_reported_before_the_wait_ends_it_at_once()
    {
        _readiness.Report();
        var wait = _readiness.WaitAsync();
        Assert.True(wait.IsCompleted);
        Assert.Equal(IoResult.Moved(0), await wait);
    }

    [Fact]
    public async Task What_is_reported_after_it_was_cleared_is_not_lost()
    {
        _readiness.Report();
        _readiness.Clear();
        _readiness.Report();
        Assert.Equal(IoResult.Moved(0), await _readiness.WaitAsync());
    }

    [Fact]
    public async Task A_wait_ends_with_the_next_report()
    {
        var wait = _readiness.WaitAsync();
        Assert.False(wait.IsCompleted);
        _readiness.Report();
        Assert.Equal(IoResult.Moved(0), await wait);
    }

    [Fact]
    public async Task One_that_lets_others_go_first_waits_although_it_is_ready()
    {
        _readiness.Report();
        var wait = _readiness.WaitOnceMoreAsync();
        Assert.False(wait.IsCompleted);
        _readiness.Report();
        Assert.Equal(IoResult.Moved(0), await wait);
    }

    [Fact]
    public async Task An_interruption_ends_the_wait_that_is_pending_and_no_later_one()
    {
        _readiness.Interrupt();
        var wait = _readiness.WaitAsync();
        Assert.False(wait.IsCompleted);
        _readiness.Interrupt();
        Assert.Equal(IoResult.Failed(ResultCode.EEINTR), await wait);
        var later = _readiness.WaitAsync().AsTask();
        Assert.False(later.IsCompleted);
    }

    [Fact]
    public async Task A_stop_ends_every_wait_with_the_first_reason()
    {
        var wait = _readiness.WaitAsync();
        _readiness.Stop(ResultCode.EEINTR);
        _readiness.Stop(ResultCode.EEBADF);
        _readiness.Report();
        Assert.Equal(IoResult.Failed(ResultCode.EEINTR), await wait);
        Assert.Equal(IoResult.Failed(ResultCode.EEINTR), await _readiness.WaitAsync());
    }

    [Fact]
    public async Task No_report_is_lost_between_a_try_and_a_wait()
    {
        const int Count = 300_000;
        var made = 0;
        var maker = Task.Run(() =>
        {
            for (var i = 0; i < Count; i++)
            {
                Interlocked.Increment(ref made);
                _readiness.Report();
                if (i % 64 == 0) _readiness.Interrupt();
            }
        });
        for (var taken = 0; taken < Count;)
        {
            _readiness.Clear();
            var seen = Volatile.Read(ref made);
            if (seen == taken) await _readiness.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            taken = seen;
        }

        await maker;
    }
}
