using Akka.Configuration;

namespace Handoff.Compat.Tests.Configuration;

public sealed class HoconSyntaxTests
{
    [Theory]
    [InlineData("a = 1")]
    [InlineData("a: 1")]
    [InlineData("{ a = 1 }")]
    [InlineData("\"a\" = 1")]
    [InlineData("a = \"1\"")]
    [InlineData("a =\n 1")]
    [InlineData("a = 2\na = 1")]
    [InlineData("# said before\na = 1 # said after")]
    [InlineData("// said before\na = 1 // said after")]
    [InlineData("{ \"a\" : 1, \"b\" : [] }")]
    public void One_value_can_be_written_in_many_ways(string hocon) =>
        Assert.Equal(1, ConfigurationFactory.ParseString(hocon).GetInt("a"));

    [Theory]
    [InlineData("a { b { c = 1 } }")]
    [InlineData("a.b.c = 1")]
    [InlineData("a.b { c = 1 }")]
    [InlineData("a { b.c = 1 }")]
    [InlineData("a = { b = { c = 1 } }")]
    [InlineData("a = { x = 2 }, a.b.c = 1")]
    public void Dots_and_braces_say_the_same(string hocon) =>
        Assert.Equal(1, ConfigurationFactory.ParseString(hocon).GetInt("a.b.c"));

    [Fact]
    public void Objects_that_are_written_twice_are_merged_and_the_last_value_wins()
    {
        var config = ConfigurationFactory.ParseString("""
            a { b = 1, c = 2 }
            a { c = 3, d = 4 }
            a.d = 5
            """);

        Assert.Equal([1, 3, 5], config.Ints("a.b", "a.c", "a.d"));
    }

    [Fact]
    public void A_plain_value_replaces_an_object_and_an_object_a_plain_value()
    {
        Assert.Equal("1", ConfigurationFactory.ParseString("a { b = 2 }\na = 1").GetString("a"));
        Assert.Equal("2", ConfigurationFactory.ParseString("a = 1\na { b = 2 }").GetString("a.b"));
    }

    [Theory]
    [InlineData("a = x y  z ", "x y  z")]
    [InlineData("a = \"x\" y", "x y")]
    [InlineData("a = \" x \"", "x")]
    [InlineData("a = \"line\\nbreak \\u0041 \\\\ \\\" \\/\"", "line\nbreak A \\ \" /")]
    [InlineData("a = \"\"\"raw \\n \"quoted\" text\"\"\"", "raw \\n \"quoted\" text")]
    [InlineData("a = \"http://host:80/\"", "http://host:80/")]
    [InlineData("a = null", null)]
    [InlineData("a = ", null)]
    public void Neighbours_are_one_string_and_white_space_at_its_ends_goes(string hocon, string? expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString("a"));

    [Fact]
    public void A_key_with_dots_is_quoted_where_it_is_written_and_where_it_is_read()
    {
        var config = ConfigurationFactory.ParseString("a { \"x.y\" = 1 }");

        Assert.Equal(1, config.GetInt("a.\"x.y\""));
        Assert.False(config.HasPath("a.x.y"));
    }

    [Theory]
    [InlineData("[1, 2, 3]")]
    [InlineData("[1,2,3,]")]
    [InlineData("[\n  1 # one\n  2\n  3\n]")]
    [InlineData("[1] [2, 3]")]
    public void An_array_is_separated_by_commas_or_lines(string hocon) =>
        Assert.Equal([1, 2, 3], ConfigurationFactory.ParseString("a = " + hocon).GetIntList("a"));

    [Fact]
    public void An_array_may_hold_objects_and_arrays()
    {
        var config = ConfigurationFactory.ParseString("a = [ { b = 1 }, { b = 2 } ]\nc = [ [1, 2], [3] ]");

        Assert.Equal([1, 2], config.GetValue("a").GetArray().Select(v => v.GetObject().GetKey("b").GetInt()));
        Assert.Equal([2, 1], config.GetValue("c").GetArray().Select(v => v.GetArray().Count));
    }

    [Fact]
    public void A_substitution_is_the_value_of_another_key_wherever_that_stands()
    {
        var config = ConfigurationFactory.ParseString("""
            greeting = hello ${who.name} and ${b}
            b = you
            who { name = world, list = [1, 2] }
            copy = ${who}
            numbers = ${who.list} [3]
            """);

        Assert.Equal("hello world and you", config.GetString("greeting"));
        Assert.Equal("world", config.GetString("copy.name"));
        Assert.Equal([1, 2, 3], config.GetIntList("numbers"));
    }

    [Fact]
    public void A_substitution_of_nothing_is_refused() =>
        Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString("a = ${b}"));

    [Theory]
    [InlineData("a = b=c")]
    [InlineData("a = http://host:80")]
    public void A_value_without_quotes_holds_no_assignment(string hocon) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));

    [Theory]
    [InlineData("a = 1, , b = 2")]
    [InlineData("a { b = 1 }, c = 2")]
    [InlineData("a =")]
    [InlineData("a = \"\\q\"")]
    [InlineData("^")]
    public void What_cannot_be_read_is_refused(string hocon) =>
        Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString(hocon));

    [Fact]
    public void There_is_no_plus_equals_so_the_plus_belongs_to_the_key() =>
        Assert.Equal([1], ConfigurationFactory.ParseString("a = [2]\na += [1]").GetIntList("a +"));
}
