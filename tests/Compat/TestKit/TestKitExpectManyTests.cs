using Akka.Actor;
using Akka.TestKit.Xunit2;
using Xunit.Sdk;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestKitExpectManyTests : TestKit
{
    [Fact]
    public async Task Any_one_of_several_messages_is_expected()
    {
        Tell(1, 2, 9, "other");
        Assert.Equal(1, ExpectMsgAnyOf([1, 2, 3]));
        Assert.Equal(2, await ExpectMsgAnyOfAsync([1, 2, 3]));
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf([1, 2, 3]));
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAnyOfAsync([1, 2, 3]));
    }

    [Fact]
    public void None_of_several_messages_fails() =>
        Within(Times.Moment, () => Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf([1, 2])), Times.Soon);

    [Fact]
    public async Task All_of_several_messages_are_expected_in_any_order()
    {
        Tell(2, 1);
        Assert.Equal([2, 1], ExpectMsgAllOf(1, 2));
        Tell(2, 1);
        Assert.Equal([2, 1], ExpectMsgAllOf((IReadOnlyCollection<int>)[1, 2]));
        Tell(2, 1);
        Assert.Equal([2, 1], ExpectMsgAllOf(Times.Soon, 1, 2));
        Tell(2, 1);
        Assert.Equal([2, 1], ExpectMsgAllOf(Times.Soon, (IReadOnlyCollection<int>)[1, 2]));
        Tell(2, 1);
        Assert.Equal([2, 1], await All(ExpectMsgAllOfAsync((IReadOnlyCollection<int>)[1, 2])));
        Tell(2, 1);
        Assert.Equal([2, 1], await All(ExpectMsgAllOfAsync(Times.Soon, (IReadOnlyCollection<int>)[1, 2])));
    }

    [Fact]
    public void A_message_that_is_expected_twice_must_come_twice()
    {
        Tell(1, 1);
        Assert.Equal([1, 1], ExpectMsgAllOf(1, 1));
        Tell(1, 2);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(1, 1));
    }

    [Fact]
    public async Task A_stranger_among_all_messages_fails()
    {
        Tell(1, 3);
        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(1, 2));
        Assert.Contains("[2]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("[3]", failure.Message, StringComparison.Ordinal);
        Tell(1, "text");
        await Assert.ThrowsAnyAsync<XunitException>(
            () => All(ExpectMsgAllOfAsync((IReadOnlyCollection<int>)[1, 2])));
    }

    [Fact]
    public void A_missing_one_of_all_messages_fails()
    {
        Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(Times.Moment, 1, 2));
    }

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
