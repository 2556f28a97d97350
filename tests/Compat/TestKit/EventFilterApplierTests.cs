using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Handoff.Compat.Tests.Event;
using Xunit.Sdk;

namespace Handoff.Compat.Tests.TestKits;

[Collection(nameof(OneConsole))]
public sealed class EventFilterApplierTests : TestKit
{
    private IEventFilterApplier Filter => EventFilter.Warning("w");

    [Fact]
    public void One_event_is_expected()
    {
        Filter.ExpectOne(Warn);
        Filter.ExpectOne(Times.Soon, Warn);
        Assert.Equal(3, Filter.ExpectOne(Warning3));
        Assert.Equal(3, Filter.ExpectOne(Times.Soon, Warning3));
    }

    [Fact]
    public async Task One_event_is_awaited()
    {
        await Filter.ExpectOneAsync(WarnAsync);
        await Filter.ExpectOneAsync(Times.Soon, WarnAsync);
        Assert.Equal(3, await Filter.ExpectOneAsync(Warning3Async));
        Assert.Equal(3, await Filter.ExpectOneAsync(Times.Soon, Warning3Async));
    }

    [Fact]
    public void Several_events_are_expected()
    {
        Filter.Expect(2, WarnTwice);
        Filter.Expect(2, Times.Soon, WarnTwice);
        Assert.Equal(3, Filter.Expect(1, Warning3));
        Assert.Equal(3, Filter.Expect(1, Times.Soon, Warning3));
    }

    [Fact]
    public async Task Several_events_are_awaited()
    {
        await Filter.ExpectAsync(1, WarnAsync);
        await Filter.ExpectAsync(1, WarnAsync, Times.Soon);
        await Filter.ExpectAsync(1, Times.Soon, WarnAsync);
        Assert.Equal(3, await Filter.ExpectAsync(1, Warning3Async));
        Assert.Equal(3, await Filter.ExpectAsync(1, Times.Soon, Warning3Async));
    }

    [Fact]
    public async Task An_event_may_come_after_the_block()
    {
        Task later = null!;
        Filter.ExpectOne(Times.Soon, () => { later = Task.Run(Warn); });
        await later;
    }

    [Fact]
    public async Task Too_few_events_fail()
    {
        Assert.ThrowsAny<XunitException>(() => Filter.ExpectOne(Times.Moment, () => { }));
        Assert.ThrowsAny<XunitException>(() => Filter.Expect(2, Times.Moment, Warn));
        await Assert.ThrowsAnyAsync<XunitException>(
            () => Filter.ExpectAsync(2, Times.Moment, WarnAsync));
    }

    [Fact]
    public void Too_many_events_fail()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => Filter.ExpectOne(() => Heard(WarnTwice)));
        Assert.Contains("2", failure.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<XunitException>(() => Filter.Expect(0, Times.Moment, () => Heard(Warn)));
    }

    [Fact]
    public void A_failing_block_throws_its_own_failure() =>
        Assert.Throws<InvalidTimeZoneException>(
            () => Filter.ExpectOne(() => throw new InvalidTimeZoneException()));

    [Fact]
    public void Several_filters_count_together() =>
        Filter.And.Warning("v").And.Info("i").Expect(3, () =>
        {
            Warn();
            Log.Warning("v");
            Log.Info("i");
        });

    [Fact]
    public async Task Muted_events_are_not_printed()
    {
        var output = new StringWriter();
        var before = Console.Out;
        Console.SetOut(output);
        try
        {
            Filter.Mute(Warn);
            Assert.Equal(3, Filter.Mute(Warning3));
            await Filter.MuteAsync(WarnAsync);
            Assert.Equal(3, await Filter.MuteAsync(Warning3Async));
            AwaitPrinted("the end of the muted part", output);
            Assert.DoesNotContain("[EventFilterApplierTests] w", Squeezed(output), StringComparison.Ordinal);
        }
        finally
        {
            Console.SetOut(before);
        }
    }

    [Fact]
    public void A_filter_mutes_until_it_is_told_to_stop()
    {
        using var muted = Filter.Mute();
        Warn();
        muted.Unmute();
        muted.Unmute();
        using (Filter.Mute())
            Warn();
        Filter.ExpectOne(Warn);
    }

    private static string Squeezed(StringWriter output)
    {
        lock (output)
            return output.ToString();
    }

    private void AwaitPrinted(string text, StringWriter output)
    {
        Log.Warning(text);
        AwaitCondition(() => Squeezed(output).Contains(text, StringComparison.Ordinal), Times.Soon);
    }

    // The filters have seen what was logged, and so what comes later is not too late to be counted.
    private void Heard(Action logging)
    {
        logging();
        EventFilter.Warning("last").ExpectOne(() => Log.Warning("last"));
    }

    private void Warn() => Log.Warning("w");

    private void WarnTwice()
    {
        Warn();
        Warn();
    }

    private int Warning3()
    {
        Warn();
        return 3;
    }

    private async Task WarnAsync()
    {
        await Task.Yield();
        Warn();
    }

    private async Task<int> Warning3Async()
    {
        await WarnAsync();
        return 3;
    }
}
