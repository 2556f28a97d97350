using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Handoff.Compat.Tests.Configuration;

public sealed class HoconTreeTests
{
    [Fact]
    public void A_value_is_what_it_is_made_of()
    {
        var value = new HoconValue();
        Assert.True(value.IsEmpty);
        Assert.Equal("<<unknown value>>", value.ToString());

        value.AppendValue(Literal("a"));
        value.AppendValue(Literal("b c"));
        Assert.Equal("ab c", value.GetString());
        Assert.Equal("\"ab c\"", value.ToString());
        Assert.Equal(2, value.Values.Count);

        value.NewValue(Literal("d"));
        Assert.Equal("d", value.GetString());
        Assert.True(value.IsString());

        value.NewValue(new HoconArray { value });
        Assert.True(value.IsArray());
        Assert.Null(value.GetString());

        value.Clear();
        Assert.True(value.IsEmpty);
        Assert.False(value.IsObject() || value.IsString() || value.IsArray());
    }

    [Fact]
    public void A_value_can_become_a_configuration_of_its_own_or_under_a_key()
    {
        var value = ConfigurationFactory.ParseString("a { b = 1 }").GetValue("a");

        Assert.Equal(1, value.ToConfig().GetInt("b"));
        Assert.Equal(1, value.AtKey("x").GetInt("x.b"));
        Assert.Equal(1, value.GetChildObject("b").GetInt());
        Assert.Null(value.GetChildObject("c"));
    }

    [Fact]
    public void An_object_makes_a_member_when_it_is_first_asked_to()
    {
        var o = new HoconObject();

        Assert.Null(o.GetKey("a"));
        var made = o.GetOrCreateKey("a");
        Assert.Same(made, o.GetOrCreateKey("a"));
        Assert.Same(made, o.GetKey("a"));
        Assert.Equal(["a"], o.Items.Keys);
        Assert.False(o.IsString() || o.IsArray());
        Assert.Throws<NotImplementedException>(() => o.GetString());
        Assert.Throws<NotImplementedException>(() => o.GetArray());
    }

    [Fact]
    public void What_is_merged_into_an_object_wins()
    {
        var one = ConfigurationFactory.ParseString("a { x = 1 }\nb = 1\nc = 1").Root.GetObject();
        var other = ConfigurationFactory.ParseString("a { y = 2 }\nb = 2\nd = 2").Root.GetObject();

        one.Merge(other);

        Assert.Equal(
            ["1", "2", "2", "1", "2"],
            new[] { one.GetKey("a").GetChildObject("x"), one.GetKey("a").GetChildObject("y"), one.GetKey("b"),
                one.GetKey("c"), one.GetKey("d") }.Select(v => v.GetString()));
    }

    [Fact]
    public void The_text_of_an_object_is_indented_and_quotes_what_has_spaces()
    {
        var o = ConfigurationFactory.ParseString("a = x y\n\"b c\" { d = [1, 2] }").Root.GetObject();

        var text = o.ToString().Replace("  ", "", StringComparison.Ordinal);
        Assert.Equal("a : \"x y\"\r\n\"b c\" : d : [1,2]\r\n\r\n", text);
        Assert.StartsWith("  a : ", o.ToString(1), StringComparison.Ordinal);
        Assert.StartsWith("{\r\n", o.GetKey("b c").ToString(1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_literal_is_a_string_and_no_array()
    {
        var literal = Literal("a");

        Assert.True(literal.IsString());
        Assert.False(literal.IsArray());
        Assert.Equal(("a", "a"), (literal.GetString(), literal.ToString()));
        Assert.Throws<NotImplementedException>(() => literal.GetArray());
    }

    [Fact]
    public void An_array_is_an_array_and_no_string()
    {
        var array = new HoconArray { Value(Literal("1")), Value(Literal("2")) };

        Assert.True(array.IsArray());
        Assert.False(array.IsString());
        Assert.Equal(["1", "2"], array.GetArray().Select(v => v.GetString()));
        Assert.Equal("[1,2]", array.ToString());
        Assert.Throws<NotImplementedException>(() => array.GetString());
    }

    [Fact]
    public void A_substitution_is_what_it_was_resolved_to()
    {
        var substitution = new HoconSubstitution("a.b");
        Assert.Equal("a.b", substitution.Path);
        Assert.False(substitution.IsObject());

        substitution.ResolvedValue = Value(Literal("x"));
        Assert.True(substitution.IsString());
        Assert.Equal("x", substitution.GetString());

        substitution.ResolvedValue = Value(new HoconArray { Value(Literal("1")) });
        Assert.True(substitution.IsArray());
        Assert.Single(substitution.GetArray());

        var o = new HoconObject();
        substitution.ResolvedValue = Value(o);
        Assert.True(substitution.IsObject());
        Assert.Same(o, substitution.GetObject());
    }

    [Fact]
    public void A_root_is_a_value_and_its_substitutions()
    {
        var value = new HoconValue();
        var substitution = new HoconSubstitution("a");

        Assert.Same(value, new HoconRoot(value).Value);
        Assert.Empty(new HoconRoot(value).Substitutions);
        Assert.Equal([substitution], new HoconRoot(value, [substitution]).Substitutions);
    }

    private static HoconLiteral Literal(string text) => new() { Value = text };

    private static HoconValue Value(IHoconElement element)
    {
        var value = new HoconValue();
        value.AppendValue(element);
        return value;
    }
}
