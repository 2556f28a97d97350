using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestLatchTests : TestKit
{
    [Fact]
    public void A_latch_opens_when_it_is_counted_down()
    {
        var latch = CreateTestLatch(2);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        latch.CountDown();
        Assert.True(latch.IsOpen);
        latch.Ready();
        latch.Ready(TimeSpan.Zero);
    }

    [Fact]
    public void A_latch_that_stays_closed_fails_the_test()
    {
        Assert.Throws<TimeoutException>(() => new TestLatch().Ready(Times.Moment));
        Assert.Throws<TimeoutException>(() => new TestLatch(1, Times.Moment).Ready());
        Assert.Throws<ArgumentException>(() => new TestLatch().Ready(TimeSpan.MaxValue));
    }

    [Fact]
    public void A_latch_can_be_opened_and_closed_again()
    {
        var latch = new TestLatch(3);
        latch.Open();
        Assert.True(latch.IsOpen);
        latch.Reset();
        Assert.False(latch.IsOpen);
    }

    [Fact]
    public async Task A_latch_lets_another_thread_go_on()
    {
        var latch = CreateTestLatch();
        var opening = Task.Run(latch.CountDown);
        latch.Ready(Times.Soon);
        await opening;
    }
}
