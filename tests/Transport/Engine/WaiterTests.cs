using System.IO.Pipelines;
using Handoff.Transport.Engine;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Engine;

public sealed class WaiterTests
{
    [Fact]
    public async Task A_waiter_serves_one_wait_after_the_other()
    {
        var turns = new Turns();
        var waiter = new Waiter<int>(turns);
        for (var i = 0; i < 3; i++)
        {
            waiter.Arm();
            var wait = waiter.Armed.AsTask();
            Assert.True(waiter.IsWaiting);
            waiter.Resolve(i);
            Assert.False(waiter.IsWaiting);
            waiter.Fire();
            Assert.False(wait.IsCompleted);
            turns.RunAll();
            Assert.Equal(i, await wait);
        }
    }

    [Fact]
    public async Task A_failure_is_thrown_once()
    {
        var waiter = new Waiter<int>(PipeScheduler.Inline);
        waiter.Arm();
        var wait = waiter.Armed.AsTask();
        waiter.Fail(new InvalidOperationException("once"));
        waiter.Fire();
        await Assert.ThrowsAsync<InvalidOperationException>(() => wait);
        waiter.Arm();
        wait = waiter.Armed.AsTask();
        waiter.Resolve(1);
        waiter.Fire();
        Assert.Equal(1, await wait);
    }

    [Fact]
    public void A_second_wait_before_the_first_was_awaited_is_refused()
    {
        var waiter = new Waiter<int>(PipeScheduler.Inline);
        waiter.Arm();
        Assert.Throws<InvalidOperationException>(waiter.Arm);
        waiter.Resolve(1);
        waiter.Fire();
        Assert.Throws<InvalidOperationException>(waiter.Arm);
    }

    [Fact]
    public async Task A_result_cannot_be_taken_twice_once_the_waiter_is_in_use_again()
    {
        var waiter = new Waiter<int>(PipeScheduler.Inline);
        waiter.Arm();
        var version = waiter.Version;
        waiter.Resolve(1);
        waiter.Fire();
        Assert.Equal(1, await waiter.Armed);
        waiter.Arm();
        Assert.Throws<InvalidOperationException>(() => waiter.GetResult(version));
        Assert.True(waiter.IsWaiting);
    }

    [Fact]
    public async Task On_the_thread_pool_it_resumes_elsewhere()
    {
        var waiter = new Waiter<int>(PipeScheduler.ThreadPool);
        waiter.Arm();
        var resumed = Resume();
        waiter.Resolve(1);
        waiter.Fire();
        Assert.True(await resumed.WaitAsync(TimeSpan.FromSeconds(60)));

        async Task<bool> Resume()
        {
            await waiter.Armed.ConfigureAwait(false);
            return Thread.CurrentThread.IsThreadPoolThread;
        }
    }
}
