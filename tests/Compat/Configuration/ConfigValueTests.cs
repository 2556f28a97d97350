using System.Globalization;
using Akka.Configuration;

namespace Handoff.Compat.Tests.Configuration;

public sealed class ConfigValueTests
{
    [Theory]
    [InlineData("50ns", 0)]
    [InlineData("1500 nanos", 15)]
    [InlineData("2 micros", 20)]
    [InlineData("3 microseconds", 30)]
    [InlineData("250ms", 2_500_000)]
    [InlineData("1.5 milliseconds", 15_000)]
    [InlineData("5s", 50_000_000)]
    [InlineData("2 seconds", 20_000_000)]
    [InlineData("1.5 minutes", 900_000_000)]
    [InlineData("2m", 1_200_000_000)]
    [InlineData("3 hours", 108_000_000_000)]
    [InlineData("1d", 864_000_000_000)]
    [InlineData("20", 200_000)]
    public void A_duration_has_a_unit_or_is_in_milliseconds(string text, long ticks) =>
        Assert.Equal(ticks, Of(text).GetTimeSpan("a").Ticks);

    [Theory]
    [InlineData("-5")]
    [InlineData("-5s")]
    [InlineData("5 parsecs")]
    [InlineData("5us")]
    [InlineData("soon")]
    public void What_is_no_duration_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Of(text).GetTimeSpan("a"));

    [Fact]
    public void A_duration_may_be_infinite_where_that_is_allowed()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, Of("infinite").GetTimeSpan("a"));
        Assert.Equal(Timeout.InfiniteTimeSpan, Of("Infinite").GetValue("a").GetTimeSpan());
        Assert.Throws<FormatException>(() => Of("infinite").GetTimeSpan("a", allowInfinite: false));
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("10b", 10)]
    [InlineData("10 bytes", 10)]
    [InlineData("2kB", 2000)]
    [InlineData("2 KiB", 2048)]
    [InlineData("2k", 2048)]
    [InlineData("3 MB", 3_000_000)]
    [InlineData("3m", 3L << 20)]
    [InlineData("1 gigabytes", 1_000_000_000)]
    [InlineData("1GiB", 1L << 30)]
    [InlineData("4T", 4L << 40)]
    [InlineData("5 petabyte", 5_000_000_000_000_000)]
    [InlineData("1EiB", 1L << 60)]
    public void A_size_has_a_unit_or_is_in_bytes(string text, long bytes)
    {
        Assert.Equal(bytes, Of(text).GetByteSize("a"));
        Assert.Equal(bytes, Of(text).GetValue("a").GetByteSize());
    }

    [Theory]
    [InlineData("10 stones")]
    [InlineData("1.5 MB")]
    [InlineData("big")]
    public void What_is_no_size_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Of(text).GetByteSize("a"));

    [Theory]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void A_switch_is_on_or_off(string text, bool expected)
    {
        Assert.Equal(expected, Of(text).GetBoolean("a", !expected));
        Assert.Equal(expected, Of(text).GetValue("a").GetBoolean());
    }

    [Fact]
    public void Anything_else_is_no_switch() =>
        Assert.Throws<NotSupportedException>(() => Of("yes").GetBoolean("a"));

    [Fact]
    public void Numbers_are_read_without_regard_to_the_culture()
    {
        var config = Of("12.5");
        var whole = Of("12");

        Assert.Equal(12.5, config.GetDouble("a"));
        Assert.Equal(12.5f, config.GetFloat("a"));
        Assert.Equal(12.5m, config.GetDecimal("a"));
        Assert.Equal(12, whole.GetInt("a"));
        Assert.Equal(12L, whole.GetLong("a"));
        var value = config.GetValue("a");
        Assert.Equal((12.5, 12.5f, 12.5m), (value.GetDouble(), value.GetFloat(), value.GetDecimal()));
        value = whole.GetValue("a");
        Assert.Equal((12, 12L, (byte)12), (value.GetInt(), value.GetLong(), value.GetByte()));
        Assert.Throws<FormatException>(() => config.GetInt("a"));
        Assert.Equal("12.5", config.GetString("a"));
        Assert.Equal(CultureInfo.InvariantCulture.Name, CultureInfo.CurrentCulture.Name);
    }

    [Fact]
    public void Every_kind_of_list_can_be_read()
    {
        var numbers = Of("[1, 2]");
        var value = numbers.GetValue("a");

        Assert.Equal([1, 2], numbers.GetIntList("a"));
        Assert.Equal([1, 2], value.GetIntList());
        Assert.Equal([1L, 2L], numbers.GetLongList("a"));
        Assert.Equal([1L, 2L], value.GetLongList());
        Assert.Equal([(byte)1, (byte)2], numbers.GetByteList("a"));
        Assert.Equal([(byte)1, (byte)2], value.GetByteList());
        Assert.Equal([1.0, 2.0], numbers.GetDoubleList("a"));
        Assert.Equal([1.0, 2.0], value.GetDoubleList());
        Assert.Equal([1f, 2f], numbers.GetFloatList("a"));
        Assert.Equal([1f, 2f], value.GetFloatList());
        Assert.Equal([1m, 2m], numbers.GetDecimalList("a"));
        Assert.Equal([1m, 2m], value.GetDecimalList());
        Assert.Equal(["1", "2"], numbers.GetStringList("a"));
        Assert.Equal(["1", "2"], value.GetStringList());
        Assert.Equal([true, false], Of("[on, false]").GetBooleanList("a"));
        Assert.Equal([true, false], Of("[on, false]").GetValue("a").GetBooleanList());
    }

    [Fact]
    public void What_is_not_there_has_the_default()
    {
        var config = ConfigurationFactory.ParseString("x = 1");

        Assert.Equal((7, 7L, 7f, 7d, 7m), (config.GetInt("a", 7), config.GetLong("a", 7), config.GetFloat("a", 7),
            config.GetDouble("a", 7), config.GetDecimal("a", 7)));
        Assert.Equal((0, 0L, 0f, 0d, 0m), (config.GetInt("a"), config.GetLong("a"), config.GetFloat("a"),
            config.GetDouble("a"), config.GetDecimal("a")));
        Assert.True(config.GetBoolean("a", true));
        Assert.Equal("none", config.GetString("a", "none"));
        Assert.Null(config.GetString("a"));
        Assert.Equal(TimeSpan.FromSeconds(3), config.GetTimeSpan("a", TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.Zero, config.GetTimeSpan("a"));
        Assert.Null(config.GetByteSize("a"));
        Assert.Equal(9L, config.GetByteSize("a", 9L));
        Assert.Empty(config.GetStringList("a"));
        Assert.Equal(["d"], config.GetStringList("a", ["d"]));
        Assert.Null(config.GetConfig("a"));
        Assert.Null(config.GetValue("a"));
        Assert.False(config.HasPath("a"));
        Assert.False(config.HasPath("x.y"));
    }

    private static Config Of(string value) => ConfigurationFactory.ParseString("a = " + value);
}
