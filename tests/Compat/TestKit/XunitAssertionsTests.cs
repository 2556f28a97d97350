using Akka.TestKit.Xunit2;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Sdk;

namespace Handoff.Compat.Tests.TestKits;

public sealed class XunitAssertionsTests
{
    private static readonly int[] OneTwo = [1, 2];
    private static readonly int[] OneThree = [1, 3];
    private static readonly int[] OneTwoThree = [1, 2, 3];

    private readonly XunitAssertions _assertions = new();

    [Fact]
    public void A_failure_is_one_of_xunit_with_its_text() =>
        Assert.Contains(
            "7 failed", Assert.Throws<FailException>(() => _assertions.Fail("{0} failed", 7)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void What_must_be_true_fails_when_false()
    {
        _assertions.AssertTrue(true, "fine");
        var failure = Assert.Throws<TrueException>(() => _assertions.AssertTrue(false, "no {0}", "way"));
        Assert.Contains("no way", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_must_be_false_fails_when_true()
    {
        _assertions.AssertFalse(false, "fine");
        var failure = Assert.Throws<FalseException>(() => _assertions.AssertFalse(true, "no {0}", "way"));
        Assert.Contains("no way", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_are_equal_item_by_item()
    {
        _assertions.AssertEqual<object>(new List<int> { 1, 2 }, OneTwo);
        _assertions.AssertEqual<object?>(null, null);
        Assert.Throws<AkkaEqualException>(() => _assertions.AssertEqual<object>(OneTwo, OneTwoThree));
        Assert.Throws<AkkaEqualException>(() => _assertions.AssertEqual<object>(OneTwo, OneThree));
        Assert.Throws<AkkaEqualException>(() => _assertions.AssertEqual<object?>(OneTwo, null));
        Assert.Throws<AkkaEqualException>(() => _assertions.AssertEqual<object?>(null, 1));
    }

    [Fact]
    public void Values_are_equal_as_they_say_themselves()
    {
        _assertions.AssertEqual(new Version(1, 2), new Version(1, 2));
        _assertions.AssertEqual(new Ordered(3), new Ordered(3));
        Assert.Throws<AkkaEqualException>(() => _assertions.AssertEqual(new Ordered(3), new Ordered(4)));
        Assert.Throws<AkkaEqualException>(() => _assertions.AssertEqual(new object(), new object()));
    }

    [Fact]
    public void A_comparer_decides_what_is_equal()
    {
        _assertions.AssertEqual("a", "A", StringComparer.OrdinalIgnoreCase.Equals);
        Assert.Throws<AkkaEqualException>(() => _assertions.AssertEqual("a", "A", StringComparer.Ordinal.Equals));
    }

    [Fact]
    public void A_difference_tells_both_values_and_the_reason()
    {
        var failure = Assert.Throws<AkkaEqualException>(() => _assertions.AssertEqual("one", "two", "reason {0}", 8));
        Assert.Contains("one", failure.Message, StringComparison.Ordinal);
        Assert.Contains("two", failure.Message, StringComparison.Ordinal);
        Assert.Contains("reason 8", failure.Message, StringComparison.Ordinal);
        Assert.Contains("three", AkkaEqualException.ForMismatchedValues("three", 4).Message, StringComparison.Ordinal);
        Assert.Contains("5 is 6", new AkkaEqualException("{0} is {1}", 5, 6).Message, StringComparison.Ordinal);
    }

    private sealed class Ordered(int rank) : IComparable
    {
        private readonly int _rank = rank;

        public int CompareTo(object? obj) => _rank.CompareTo(((Ordered)obj!)._rank);
    }
}
