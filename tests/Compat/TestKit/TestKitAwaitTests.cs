using Akka.TestKit.Xunit2;
using Xunit.Sdk;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestKitAwaitTests : TestKit
{
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(1);

    private int _calls;

    [Fact]
    public async Task An_assertion_is_tried_until_it_holds()
    {
        AwaitAssert(() => HoldsAt(3), Times.Soon, Blink);
        Assert.Equal(3, _calls);
        await AwaitAssertAsync(() => HoldsAt(6), Times.Soon, Blink);
        Assert.Equal(6, _calls);
        await AwaitAssertAsync(async () =>
        {
            await Task.Yield();
            HoldsAt(9);
        }, Times.Soon, Blink);
        Assert.Equal(9, _calls);
    }

    [Fact]
    public async Task An_assertion_that_never_holds_throws_its_last_failure()
    {
        var failure = Assert.Throws<TrueException>(
            () => AwaitAssert(() => HoldsAt(int.MaxValue), Times.Moment, Blink));
        Assert.Contains($"call {_calls}", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TrueException>(
            () => AwaitAssertAsync(() => HoldsAt(int.MaxValue), Times.Moment, Blink));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(
            () => AwaitAssertAsync(() => Task.FromException(new InvalidTimeZoneException()), Times.Moment, Blink));
    }

    [Fact]
    public void A_pause_between_assertions_must_not_be_negative() =>
        Assert.Throws<ArgumentException>(() => AwaitAssert(() => { }, Times.Soon, TimeSpan.FromSeconds(-3)));

    [Fact]
    public async Task A_cancelled_assertion_ends()
    {
        using var cancel = new CancellationTokenSource();
        var awaiting = AwaitAssertAsync(() => HoldsAt(int.MaxValue), Times.Soon, Times.Soon / 2, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => awaiting);
    }

    [Fact]
    public async Task A_condition_is_awaited()
    {
        AwaitCondition(() => IsTrueAt(1));
        AwaitCondition(() => IsTrueAt(2), Times.Soon);
        AwaitCondition(() => IsTrueAt(3), Times.Soon, "message");
        AwaitCondition(() => IsTrueAt(6), Times.Soon, Blink, "message");
        await AwaitConditionAsync(() => IsTrueAt(7));
        await AwaitConditionAsync(() => IsTrueAt(8), Times.Soon, "message");
        await AwaitConditionAsync(() => IsTrueAt(11), Times.Soon, Blink, "message");
        await AwaitConditionAsync(() => IsTrueAtAsync(12));
        await AwaitConditionAsync(() => IsTrueAtAsync(13), Times.Soon);
        await AwaitConditionAsync(() => IsTrueAtAsync(14), Times.Soon, "message");
        await AwaitConditionAsync(() => IsTrueAtAsync(17), Times.Soon, Blink, "message");
        Assert.Equal(17, _calls);
    }

    [Fact]
    public async Task A_condition_that_never_holds_fails_with_its_message()
    {
        Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Times.Moment));
        var failure = Assert.ThrowsAny<XunitException>(
            () => AwaitCondition(() => false, Times.Moment, "never so"));
        Assert.Contains("never so", failure.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Times.Moment, Blink));
        await Assert.ThrowsAnyAsync<XunitException>(
            () => AwaitConditionAsync(() => Task.FromResult(false), Times.Moment));
        failure = await Assert.ThrowsAnyAsync<XunitException>(
            () => AwaitConditionAsync(() => false, Times.Moment, Blink, "never so"));
        Assert.Contains("never so", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_has_the_rest_of_the_block() =>
        Within(
            Times.Moment,
            () => Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false)),
            epsilonValue: Times.Soon);

    [Fact]
    public async Task A_condition_can_be_awaited_without_failing()
    {
        Assert.True(AwaitConditionNoThrow(() => IsTrueAt(3), Times.Soon, Blink));
        Assert.False(AwaitConditionNoThrow(() => false, Times.Moment));
        Assert.True(await AwaitConditionNoThrowAsync(() => IsTrueAt(6), Times.Soon, Blink));
        Assert.True(await AwaitConditionNoThrowAsync(() => IsTrueAtAsync(9), Times.Soon, Blink));
        Assert.False(await AwaitConditionNoThrowAsync(() => Task.FromResult(false), Times.Moment, Blink));
    }

    private void HoldsAt(int call) => Assert.True(++_calls >= call, $"call {_calls}");

    private bool IsTrueAt(int call) => ++_calls >= call;

    private async Task<bool> IsTrueAtAsync(int call)
    {
        await Task.Yield();
        return IsTrueAt(call);
    }
}
