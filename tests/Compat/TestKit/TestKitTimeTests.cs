using Akka.TestKit.Xunit2;
using Xunit.Sdk;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestKitTimeTests : TestKit
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public TestKitTimeTests()
        : base("akka.test.timefactor = 2.0, akka.test.single-expect-default = 4s")
    {
    }

    [Fact]
    public void Times_are_stretched_by_the_time_factor()
    {
        Assert.Equal(TimeSpan.FromSeconds(6), Dilated(TimeSpan.FromSeconds(3)));
        Assert.Throws<ArgumentException>(() => Dilated(-Second));
    }

    [Fact]
    public void A_time_that_is_not_named_is_the_default()
    {
        Assert.Equal(TimeSpan.FromSeconds(4), GetTimeoutOrDefault(null));
        Assert.Equal(Second, GetTimeoutOrDefault(Second));
        Assert.Equal(TimeSpan.FromSeconds(8), RemainingOrDefault);
        Assert.Equal(TimeSpan.FromSeconds(8), RemainingOrDilated(null));
        Assert.Equal(2 * Second, RemainingOrDilated(Second));
        Assert.Throws<ArgumentException>(() => RemainingOrDilated(-Second));
    }

    [Fact]
    public void Nothing_remains_outside_of_within() => Assert.Throws<InvalidOperationException>(() => Remaining);

    [Fact]
    public void Inside_of_within_the_rest_of_the_block_remains()
    {
        Within(Times.Soon, () =>
        {
            Assert.InRange(Remaining, Second, 2 * Times.Soon);
            Assert.InRange(RemainingOrDefault, TimeSpan.FromSeconds(8) + Second, 2 * Times.Soon);
        });
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void An_inner_block_has_no_more_time_than_the_outer_one() =>
        Within(Times.Soon, () => Within(10 * Times.Soon, () => Assert.InRange(Remaining, Second, 2 * Times.Soon)));

    [Fact]
    public void A_block_that_needs_more_time_than_is_left_fails() =>
        Within(Times.Soon, () =>
            Assert.ThrowsAny<XunitException>(() => Within(10 * Times.Soon, 20 * Times.Soon, () => { })));

    [Fact]
    public void A_block_that_is_faster_than_its_minimum_fails() =>
        Assert.ThrowsAny<XunitException>(() => Within(Times.Soon, 2 * Times.Soon, () => { }, "too fast"));

    [Fact]
    public void A_block_that_is_slower_than_its_maximum_fails() =>
        Assert.ThrowsAny<XunitException>(() => Within(Times.Moment, () => Spend(4 * Times.Moment)));

    [Fact]
    public void A_block_may_be_late_by_its_epsilon() =>
        Within(Times.Moment, () => Spend(4 * Times.Moment), epsilonValue: Times.Soon);

    [Fact]
    public void A_block_that_waited_for_silence_may_use_up_its_time() =>
        Within(Times.Moment, () =>
        {
            Spend(4 * Times.Moment);
            ReceiveWhile<object>(_ => true, TimeSpan.Zero);
        });

    [Fact]
    public void A_block_returns_its_result()
    {
        Assert.Equal(3, Within(Times.Soon, () => 3));
        Assert.Equal(4, Within(TimeSpan.Zero, Times.Soon, () => 4));
        Within(TimeSpan.Zero, Times.Soon, () => { });
    }

    [Fact]
    public void A_block_that_throws_throws_and_its_time_ends()
    {
        Assert.Throws<InvalidTimeZoneException>(() => Within(Times.Soon, () => throw new InvalidTimeZoneException()));
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void Limits_must_not_be_negative()
    {
        Assert.Throws<ArgumentException>(() => Within(-Second, () => { }));
        Assert.Throws<ArgumentException>(() => Within(-Second, Second, () => { }));
    }

    [Fact]
    public async Task An_awaited_block_has_time_and_a_result()
    {
        Assert.Equal(3, await WithinAsync(Times.Soon, () => Task.FromResult(3)));
        Assert.Equal(4, await WithinAsync(TimeSpan.Zero, Times.Soon, () => Task.FromResult(4)));
        await WithinAsync(Times.Soon, async () =>
        {
            await Task.Yield();
            Assert.InRange(Remaining, Second, 2 * Times.Soon);
        });
        await WithinAsync(TimeSpan.Zero, Times.Soon, () => Task.CompletedTask);
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public async Task An_awaited_block_that_does_not_end_fails()
    {
        var never = new TaskCompletionSource();
        await Assert.ThrowsAnyAsync<XunitException>(() => WithinAsync(Times.Moment, () => never.Task));
        await Assert.ThrowsAnyAsync<XunitException>(
            () => WithinAsync(Times.Soon, 2 * Times.Soon, () => Task.FromResult(1), "too fast"));
    }

    [Fact]
    public async Task The_failure_of_an_awaited_block_is_the_inner_one()
    {
        var failure = await Assert.ThrowsAsync<AggregateException>(() => WithinAsync(Times.Soon, async () =>
        {
            await Task.Yield();
            throw new InvalidTimeZoneException();
        }));
        Assert.IsType<InvalidTimeZoneException>(failure.InnerException);
    }

    [Fact]
    public void The_clock_of_the_test_kit_goes_on()
    {
        var before = Now;
        AwaitCondition(() => Now > before, Times.Soon);
    }

    private void Spend(TimeSpan time) => Assert.Null(ReceiveOne(time));
}
