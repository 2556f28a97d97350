using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Sdk;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestKitExpectTests : TestKit
{
    private readonly TestProbe _other;

    public TestKitExpectTests() => _other = CreateTestProbe();

    [Fact]
    public async Task A_message_of_a_type_is_expected()
    {
        Tell("a", "b");
        Assert.Equal("a", ExpectMsg<string>());
        Assert.Equal("b", await ExpectMsgAsync<string>());
    }

    [Fact]
    public async Task A_message_of_another_type_fails_and_is_gone()
    {
        Tell(1, 2);
        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Times.Soon, "not a number"));
        Assert.Contains("not a number", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>(Times.Soon));
        Assert.False(HasMessages);
    }

    [Fact]
    public async Task No_message_in_time_fails()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Times.Moment, "where is it"));
        Assert.Contains("where is it", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>(Times.Moment));
    }

    [Fact]
    public async Task An_equal_message_is_expected()
    {
        Tell("a", "b", "c", "d");
        Assert.Equal("a", ExpectMsg("a", Times.Soon));
        Assert.Equal("b", await ExpectMsgAsync("b", Times.Soon));
        var failure = Assert.Throws<AkkaEqualException>(() => ExpectMsg("x"));
        Assert.Contains("x", failure.Message, StringComparison.Ordinal);
        Assert.Contains("c", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AkkaEqualException>(async () => await ExpectMsgAsync("x"));
    }

    [Fact]
    public async Task A_message_is_expected_that_a_predicate_accepts()
    {
        Tell(1, 2, 3, 4);
        Assert.Equal(1, ExpectMsg<int>(n => n == 1));
        Assert.Equal(2, await ExpectMsgAsync<int>(n => n == 2));
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(n => n == 0, hint: "zero"));
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<int>(n => n == 0));
    }

    [Fact]
    public async Task A_message_is_expected_that_passes_the_assertions()
    {
        Tell(1, 2, 3, 4);
        Assert.Equal(1, ExpectMsg<int>(n => Assert.Equal(1, n)));
        Assert.Equal(2, await ExpectMsgAsync<int>(n => Assert.Equal(2, n)));
        Assert.Throws<EqualException>(() => ExpectMsg<int>(n => Assert.Equal(0, n)));
        await Assert.ThrowsAsync<EqualException>(async () => await ExpectMsgAsync<int>(n => Assert.Equal(0, n)));
    }

    [Fact]
    public async Task A_message_is_expected_that_a_predicate_accepts_with_its_sender()
    {
        Tell(1, 2, 3, 4);
        Assert.Equal(1, ExpectMsg<int>((n, sender) => n == 1 && sender.Equals(_other.Ref)));
        Assert.Equal(2, await ExpectMsgAsync<int>((n, sender) => n == 2 && sender.Equals(_other.Ref)));
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>((_, sender) => sender.Equals(TestActor)));
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<int>((n, _) => n == 0));
    }

    [Fact]
    public async Task A_message_is_expected_that_passes_the_assertions_with_its_sender()
    {
        Tell(1, 2, 3);
        Assert.Equal(1, ExpectMsg<int>((_, sender) => Assert.Equal(_other.Ref, sender)));
        Assert.Equal(2, await ExpectMsgAsync<int>((_, sender) => Assert.Equal(_other.Ref, sender)));
        Assert.ThrowsAny<XunitException>(
            () => ExpectMsg<int>((_, sender) => Assert.Equal(TestActor, sender)));
    }

    [Fact]
    public async Task A_message_is_expected_that_a_comparer_finds_equal()
    {
        Tell("ONE", "TWO", "THREE", "FOUR");
        Assert.Equal("ONE", ExpectMsg("one", StringComparer.OrdinalIgnoreCase.Equals));
        Assert.Equal("TWO", await ExpectMsgAsync("two", StringComparer.OrdinalIgnoreCase.Equals));
        Assert.Throws<AkkaEqualException>(() => ExpectMsg("three", StringComparer.Ordinal.Equals, hint: "case"));
        await Assert.ThrowsAsync<AkkaEqualException>(
            async () => await ExpectMsgAsync("four", StringComparer.Ordinal.Equals));
    }

    [Fact]
    public async Task A_message_is_expected_from_its_sender()
    {
        Tell(1, 2, 3, 4);
        Assert.Equal(1, ExpectMsgFrom<int>(_other.Ref));
        Assert.Equal(2, await ExpectMsgFromAsync<int>(_other.Ref));
        Assert.Throws<AkkaEqualException>(() => ExpectMsgFrom<int>(TestActor));
        await Assert.ThrowsAsync<AkkaEqualException>(async () => await ExpectMsgFromAsync<int>(TestActor));
    }

    [Fact]
    public async Task An_equal_message_is_expected_from_its_sender()
    {
        Tell(1, 2, 3, 4, 5);
        Assert.Equal(1, ExpectMsgFrom(_other.Ref, 1));
        Assert.Equal(2, await ExpectMsgFromAsync(_other.Ref, 2));
        Assert.Throws<AkkaEqualException>(() => ExpectMsgFrom(_other.Ref, 0));
        Assert.Throws<AkkaEqualException>(() => ExpectMsgFrom(TestActor, 4));
        await Assert.ThrowsAsync<AkkaEqualException>(async () => await ExpectMsgFromAsync(TestActor, 5));
    }

    [Fact]
    public async Task A_message_is_expected_from_its_sender_that_a_predicate_accepts()
    {
        Tell(1, 2, 3, 4);
        Assert.Equal(1, ExpectMsgFrom<int>(_other.Ref, n => n == 1));
        Assert.Equal(2, await ExpectMsgFromAsync<int>(_other.Ref, n => n == 2));
        Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom<int>(_other.Ref, n => n == 0));
        await Assert.ThrowsAnyAsync<XunitException>(
            async () => await ExpectMsgFromAsync<int>(TestActor, n => n == 4));
    }

    [Fact]
    public async Task A_message_is_expected_from_its_sender_that_passes_the_assertions()
    {
        Tell(1, 2, 3, 4);
        Assert.Equal(1, ExpectMsgFrom<int>(_other.Ref, n => Assert.Equal(1, n)));
        Assert.Equal(2, await ExpectMsgFromAsync<int>(_other.Ref, n => Assert.Equal(2, n)));
        Assert.Throws<EqualException>(() => ExpectMsgFrom<int>(_other.Ref, n => Assert.Equal(0, n)));
        await Assert.ThrowsAsync<AkkaEqualException>(
            async () => await ExpectMsgFromAsync<int>(TestActor, n => Assert.Equal(4, n)));
    }

    [Fact]
    public async Task A_message_is_expected_where_assertions_pass_for_both_ends()
    {
        Tell(1, 2, 3);
        Assert.Equal(1, ExpectMsgFrom<int>(s => Assert.Equal(_other.Ref, s), n => Assert.Equal(1, n)));
        Assert.Equal(2, await ExpectMsgFromAsync<int>(s => Assert.Equal(_other.Ref, s), n => Assert.Equal(2, n)));
        Assert.ThrowsAny<XunitException>(
            () => ExpectMsgFrom<int>(s => Assert.Equal(TestActor, s), n => Assert.Equal(3, n)));
    }

    [Fact]
    public async Task Silence_is_expected()
    {
        ExpectNoMsg(Times.Moment);
        ExpectNoMsg((int)Times.Moment.TotalMilliseconds);
        await ExpectNoMsgAsync(Times.Moment);
        await ExpectNoMsgAsync((int)Times.Moment.TotalMilliseconds);
    }

    [Fact]
    public async Task A_message_where_silence_is_expected_fails()
    {
        Tell("a", "b", "c", "d", "e", "f");
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg());
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Times.Moment));
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(0));
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectNoMsgAsync());
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectNoMsgAsync(Times.Moment));
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectNoMsgAsync(1));
    }

    [Fact]
    public async Task The_end_of_a_watched_actor_is_expected()
    {
        var first = Watch(CreateTestProbe().Ref);
        var second = Watch(CreateTestProbe().Ref);
        Sys.Stop(first);
        Assert.True(ExpectTerminated(first, Times.Soon).ExistenceConfirmed);
        Sys.Stop(second);
        Assert.Equal(second, (await ExpectTerminatedAsync(second, Times.Soon)).ActorRef);
    }

    [Fact]
    public async Task The_end_of_another_actor_fails()
    {
        var first = Watch(CreateTestProbe().Ref);
        var second = Watch(CreateTestProbe().Ref);
        Sys.Stop(first);
        Assert.ThrowsAny<XunitException>(() => ExpectTerminated(second, Times.Soon, "the wrong one"));
        await Assert.ThrowsAnyAsync<XunitException>(
            async () => await ExpectTerminatedAsync(second, Times.Moment));
    }

    private void Tell(params object[] messages)
    {
        foreach (var message in messages)
            TestActor.Tell(message, _other.Ref);
    }
}
