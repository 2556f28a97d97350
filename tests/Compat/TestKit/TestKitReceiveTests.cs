using System.Collections;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Xunit.Sdk;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestKitReceiveTests : TestKit
{
    [Fact]
    public void A_message_that_is_there_is_received_at_once()
    {
        TestActor.Tell("a");
        Assert.True(HasMessages);
        Assert.Equal("a", ReceiveOne(TimeSpan.Zero));
        Assert.False(HasMessages);
    }

    [Fact]
    public void Nothing_is_received_when_the_time_is_up()
    {
        Assert.Null(ReceiveOne(Times.Moment));
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        TestActor.Tell("late");
        Assert.Null(ReceiveOne(TimeSpan.FromSeconds(-3)));
        Assert.Equal("late", ReceiveOne());
    }

    [Fact]
    public async Task A_message_that_comes_later_is_waited_for()
    {
        var waiting = ReceiveOneAsync(Times.Soon);
        Assert.False(waiting.IsCompleted);
        TestActor.Tell("later");
        Assert.Equal("later", await waiting);
    }

    [Fact]
    public async Task A_blocked_test_is_woken_by_the_message()
    {
        var telling = Task.Run(() => TestActor.Tell("from elsewhere"));
        Assert.Equal("from elsewhere", ReceiveOne(Times.Soon));
        await telling;
    }

    [Fact]
    public async Task A_wait_without_a_limit_ends_with_the_message()
    {
        var waiting = ReceiveOneAsync(Timeout.InfiniteTimeSpan);
        TestActor.Tell("at last");
        Assert.Equal("at last", await waiting);
        Assert.Null(await ReceiveOneAsync(Times.Moment));
    }

    [Fact]
    public async Task A_cancelled_wait_ends_without_a_message()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = ExpectMsgAsync<string>(Times.Soon, cancellationToken: cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting.WaitAsync(Times.Soon / 2));
        Assert.True(waiting.IsCompleted);
    }

    [Fact]
    public void The_last_message_and_its_sender_are_remembered()
    {
        var other = CreateTestProbe();
        TestActor.Tell("a", other.Ref);
        ReceiveOne();
        Assert.Equal("a", LastMessage);
        Assert.Equal(other.Ref, LastSender);
    }

    [Fact]
    public void There_is_no_last_message_after_a_wait_in_vain()
    {
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Assert.Throws<IllegalActorStateException>(() => LastMessage);
        Assert.Throws<IllegalActorStateException>(() => LastSender);
    }

    [Fact]
    public async Task An_envelope_holds_the_message_and_its_sender()
    {
        TestActor.Tell("a");
        Assert.True(TryReceiveOne(out var envelope, Times.Soon));
        Assert.Equal("a", envelope.Message);
        Assert.Equal(TestActor, envelope.Sender);
        Assert.False(TryReceiveOne(out envelope, TimeSpan.Zero));
        Assert.Throws<IllegalActorStateException>(() => envelope.Message);
        Assert.Throws<IllegalActorStateException>(() => envelope.Sender);

        TestActor.Tell("b");
        (var received, envelope) = await TryReceiveOneAsync(Times.Soon);
        Assert.True(received);
        Assert.Equal("b", envelope.Message);
    }

    [Fact]
    public async Task A_message_that_is_peeked_at_stays()
    {
        Assert.Null(PeekOne(TimeSpan.Zero));
        Assert.Null(await PeekOneAsync(Times.Moment));
        TestActor.Tell("a");
        Assert.Equal("a", PeekOne(Times.Soon));
        Assert.Equal("a", PeekOne(CancellationToken.None));
        Assert.Equal("a", await PeekOneAsync(Times.Soon));
        Assert.Equal("a", await PeekOneAsync(CancellationToken.None));
        Assert.True(TryPeekOne(out var envelope, Times.Soon, CancellationToken.None));
        Assert.Equal("a", envelope.Message);
        Assert.True((await TryPeekOneAsync(Times.Soon, CancellationToken.None)).success);
        Assert.Equal("a", LastMessage);
        ExpectMsg("a");
        Assert.False(TryPeekOne(out _, TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task A_number_of_messages_is_received_in_order()
    {
        Tell(1, 2, 3, 4, 5, 6);
        Assert.Equal([1, 2], ReceiveN(2));
        Assert.Equal([3], ReceiveN(1, Times.Soon));
        Assert.Equal([4, 5], await All(ReceiveNAsync(2)));
        Assert.Equal([6], await All(ReceiveNAsync(1, Times.Soon)));
    }

    [Fact]
    public async Task Too_few_messages_fail_the_test()
    {
        Tell(1);
        Assert.ThrowsAny<XunitException>(() => ReceiveN(2, Times.Moment));
        await Assert.ThrowsAnyAsync<XunitException>(() => All(ReceiveNAsync(1, Times.Moment)));
        Assert.Throws<ArgumentException>(() => ReceiveN(1, TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task Messages_are_received_while_a_filter_maps_them()
    {
        Tell(1, 2, "stop", 3);
        Assert.Equal(["1", "2"], ReceiveWhile(Times.Soon, Number));
        ExpectMsg("stop");
        Assert.Equal(["3"], ReceiveWhile(Times.Moment, Times.Moment, Number));

        Tell(4, 5, 6, "stop");
        Assert.Equal(["4"], ReceiveWhile(Number, msgs: 1));
        Assert.Equal(["5"], await All(ReceiveWhileAsync(Times.Soon, Number, 1)));
        Assert.Equal(["6"], await All(ReceiveWhileAsync(Times.Soon, Times.Soon, Number)));
        Assert.Empty(await All(ReceiveWhileAsync(Number)));
        Assert.Throws<IllegalActorStateException>(() => LastMessage);
    }

    [Fact]
    public async Task Messages_are_received_while_a_predicate_holds()
    {
        Tell(1, "ignored", 2, 30, 3);
        Assert.Equal([1, 2], ReceiveWhile<int>(n => n < 10, Times.Soon));
        Assert.Equal("2", LastMessage.ToString());
        ExpectMsg(30);
        ExpectMsg(3);

        Tell(1, "ends it", 2);
        Assert.Equal(
            [1], ReceiveWhile<int>(n => n < 10, Times.Soon, Times.Soon, shouldIgnoreOtherMessageTypes: false));
        ExpectMsg("ends it");
        Assert.Equal([2], await All(ReceiveWhileAsync<int>(n => n < 10, Times.Moment)));
    }

    [Fact]
    public async Task Receiving_while_ends_when_nothing_comes_for_a_moment()
    {
        Tell(1);
        var receiving = All(ReceiveWhileAsync<int>(_ => true, TimeSpan.FromHours(1), idle: Times.Moment));
        Assert.Equal([1], await receiving.WaitAsync(Times.Soon));
    }

    [Fact]
    public async Task Fishing_throws_back_what_it_does_not_want()
    {
        Tell(1, "two", 3, "four", 5, 6, 7, 8);
        Assert.Equal("two", FishForMessage(m => m is string));
        Assert.Equal("four", FishForMessage<string>(m => m == "four"));
        var others = new ArrayList { "from before" };
        Assert.Equal(6, FishForMessage<int>(n => n == 6, others));
        Assert.Equal([5], others.Cast<int>());
        Assert.Equal(7, await FishForMessageAsync(m => m is int, Times.Soon));
        Tell("x", 9, 10);
        Assert.Equal(9, await FishForMessageAsync<int>(n => n == 9, Times.Soon, "nine"));
        Assert.Equal(10, await FishForMessageAsync<int>(n => n == 10, others, Times.Soon));
        Assert.Empty(others);
    }

    [Fact]
    public async Task Fishing_in_vain_fails_the_test()
    {
        Tell(1);
        var failure = Assert.ThrowsAny<XunitException>(
            () => FishForMessage(m => m is string, Times.Moment, "no string"));
        Assert.Contains("no string", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<XunitException>(
            async () => await FishForMessageAsync(m => m is string, Times.Moment));
    }

    [Fact]
    public async Task Fishing_until_a_message_fails_when_it_comes()
    {
        Tell(1, 2);
        await FishUntilMessageAsync<string>(Times.Moment);
        Assert.False(HasMessages);
        Tell(1, "unwanted");
        await Assert.ThrowsAnyAsync<XunitException>(() => FishUntilMessageAsync<string>(Times.Soon));
    }

    [Fact]
    public async Task Radio_silence_tells_what_was_heard_before()
    {
        Tell(1, 2);
        Assert.Equal([1, 2], (await WaitForRadioSilenceAsync(Times.Moment)).Cast<int>());
        Tell(1, 2, 3);
        await Assert.ThrowsAnyAsync<XunitException>(() => WaitForRadioSilenceAsync(Times.Soon, maxMessages: 2));
    }

    [Fact]
    public void Messages_can_be_ignored()
    {
        IgnoreMessages(m => m is 1);
        Tell(1, 2);
        ExpectMsg(2);
        IgnoreMessages<string>();
        Tell("a", 3);
        ExpectMsg(3);
        IgnoreMessages<int>(n => n < 10);
        Tell(9, "b", 10);
        ExpectMsg("b");
        ExpectMsg(10);
        IgnoreNoMessages();
        Tell(1);
        ExpectMsg(1);
    }

    private static string Number(object message) => message is int n ? $"{n}" : null!;

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> source)
    {
        var all = new List<T>();
        await foreach (var item in source)
            all.Add(item);
        return all;
    }

    private void Tell(params object[] messages)
    {
        foreach (var message in messages)
            TestActor.Tell(message);
    }
}
