using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Handoff.Compat.Tests.Configuration;

public sealed class HoconIncludeTests
{
    [Fact]
    public void An_included_text_is_merged_where_it_is_named()
    {
        var asked = new List<string>();
        var config = ConfigurationFactory.ParseString(
            "x = 1\na { b = 1, include \"other.conf\" }\nc = 3",
            name =>
            {
                asked.Add(name);
                return Root("b = 2, d { e = 4 }");
            });

        Assert.Equal(["other.conf"], asked);
        Assert.Equal([1, 2, 4, 3], config.Ints("x", "a.b", "a.d.e", "c"));
    }

    [Fact]
    public void Objects_of_an_included_text_are_merged_with_those_that_are_there()
    {
        var config = ConfigurationFactory.ParseString(
            "a { b { x = 1, y = 2 }\ninclude \"o\" }", _ => Root("b { y = 3 }"));

        Assert.Equal([1, 3], config.Ints("a.b.x", "a.b.y"));
    }

    [Fact]
    public void A_substitution_in_an_included_text_is_looked_up_where_the_text_went()
    {
        var config = ConfigurationFactory.ParseString("a { include \"other\" }", _ => Root("b = ${c}, c = 2"));

        Assert.Equal(2, config.GetInt("a.b"));
        Assert.Equal(["a.c"], config.Substitutions.Select(s => s.Path));
    }

    [Fact]
    public void Without_somebody_who_reads_the_included_text_it_is_refused() =>
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.ParseString("include \"other.conf\""));

    [Fact]
    public void A_key_may_be_called_include() =>
        Assert.Equal(1, ConfigurationFactory.ParseString("include = 1").GetInt("include"));

    private static HoconRoot Root(string hocon)
    {
        var config = ConfigurationFactory.ParseString(hocon);
        return new HoconRoot(config.Root, config.Substitutions);
    }
}
