using Handoff.Gateway.Configuration;

namespace Handoff.Gateway.Tests.Configuration;

public sealed class HoconScannerTests
{
    [Theory]
    [InlineData("a = 1", "a:1")]
    [InlineData("a : 1\nb = 2", "a:1 b:2")]
    [InlineData("a = 1, b = 2,\nc = 3", "a:1 b:1 c:2")]
    [InlineData("\n\na {\n  b = 1\n}\n", "a:3 a.b:4")]
    [InlineData("a = {\n  b { c = 1 }\n}", "a:1 a.b:2 a.b.c:2")]
    [InlineData("{\n a = 1\n}", "a:2")]
    [InlineData("a.b.c = 1\na.d = 2", "a:2 a.b:1 a.b.c:1 a.d:2")]
    [InlineData("a.b {\n c.d = 1\n}", "a:1 a.b:1 a.b.c:2 a.b.c.d:2")]
    [InlineData("\"a b\".\"c.d\" = 1", "\"a b\":1 \"a b\".\"c.d\":1")]
    [InlineData("a = 1\r\nb = 2\r\n", "a:1 b:2")]
    [InlineData("# x { y = 1\n// z = 2\na = 1 # = {\nb = 2 // }", "a:3 b:4")]
    [InlineData("a = \"x = 1 { } # no comment\"\nb = 1", "a:1 b:2")]
    [InlineData("a = \"quote \\\" and \\\\\"\nb = 1", "a:1 b:2")]
    [InlineData("a = \"\"\"\nx {\n\"\n\"\"\"\nb = 1", "a:1 b:5")]
    [InlineData("a = [1, 2,\n 3\n]\nb = 1", "a:1 b:4")]
    [InlineData("a = [[1], [\"}\"]]\nb = 1", "a:1 b:2")]
    [InlineData("a = one two \"three\"\nb = 1", "a:1 b:2")]
    [InlineData("a = 1\na = 2", "a:2")]
    [InlineData("include-me = 1\ninclude = 2", "include-me:1 include:2")]
    [InlineData("akka.actor.deployment { /a/b { c = 1 } }",
        "akka:1 akka.actor:1 akka.actor.deployment:1 akka.actor.deployment./a/b:1 akka.actor.deployment./a/b.c:1")]
    [InlineData("", "")]
    [InlineData("# nothing", "")]
    public void Each_key_is_found_on_its_line(string text, string expected)
    {
        var layout = Assert.IsType<ScanResult.Scanned>(HoconScanner.Scan(text)).Layout;
        var found = layout.Keys.Select(k => k.Path).Distinct().Select(p => $"{p}:{layout.Find(p)!.Line}");
        Assert.Equal(expected.Split(' ').Order(), string.Join(' ', found).Split(' ').Order());
    }

    [Theory]
    [InlineData("a {\n b = 1\n", 1, "this { is never closed")]
    [InlineData("x = 1\na {\n b {\n }\n", 2, "this { is never closed")]
    [InlineData("a = 1\n}", 2, "this } closes nothing")]
    [InlineData("{ a = 1 }\nb = 2", 2, "'b' stands behind the end of the configuration")]
    [InlineData("a", 1, "a: = or { must follow the key")]
    [InlineData("a b = 1", 1, "a: = or { must follow the key")]
    [InlineData("a\nb = 1", 1, "a: = or { must follow the key")]
    [InlineData("x {\n a += 1\n}", 2, "x.a: = or { must follow the key")]
    [InlineData("a =\nb = 1", 1, "a: a value must follow on the same line")]
    [InlineData("a = # b", 1, "a: a value must follow on the same line")]
    [InlineData("a = }", 1, "a: a value must follow on the same line")]
    [InlineData("= 1", 1, "'=' cannot begin a key")]
    [InlineData("a. = 1", 1, "' ' cannot begin a key")]
    [InlineData("a.", 1, "a key must follow")]
    [InlineData("a = \"x\nb = 1", 1, "this string is never closed")]
    [InlineData("\n\"a = 1", 2, "this string is never closed")]
    [InlineData("a = \"\"\"x\n\n", 1, "this string is never closed")]
    [InlineData("a = \"\\x\"", 1, "\\x is no escape")]
    [InlineData("a = [1,\n2", 1, "this [ is never closed")]
    [InlineData("a = 1 ]", 1, "this ] closes nothing")]
    [InlineData("a = [ { b = 1 } ]", 1, "a: a block inside of [ ] is not supported")]
    [InlineData("a = 10:30", 1, "a: a value with ':' needs quotes")]
    [InlineData("a = ::1", 1, "a: a value with ':' needs quotes")]
    [InlineData("a = x {", 1, "a: '{' cannot follow a value")]
    [InlineData("a {} b = 1", 1, "a: 'b' must begin a new line")]
    [InlineData("a {}, b = 1", 1, "a: ',' must begin a new line")]
    [InlineData("a = {} x", 1, "a: 'x' must begin a new line")]
    [InlineData("b = 1\na = ${b}", 2, "a: ${...} is not supported: write the value")]
    [InlineData("\ninclude \"other.conf\"", 2, "include is not supported: a configuration is one file")]
    [InlineData("a {\n include\t\"other.conf\"\n}", 2, "include is not supported: a configuration is one file")]
    public void What_is_no_configuration_is_refused_with_its_line(string text, int line, string message)
    {
        var broken = Assert.IsType<ScanResult.Broken>(HoconScanner.Scan(text));
        Assert.Equal((line, message), (broken.Line, broken.Message));
    }

    [Fact]
    public void Braces_without_end_are_refused_and_do_not_overflow_the_stack()
    {
        var braces = string.Concat(Enumerable.Repeat("a {", 100_000));
        var brackets = "a = " + new string('[', 100_000);
        Assert.Equal("more than 64 braces are open", ((ScanResult.Broken)HoconScanner.Scan(braces)).Message);
        Assert.Equal("more than 64 brackets are open", ((ScanResult.Broken)HoconScanner.Scan(brackets)).Message);
    }

    [Fact]
    public void A_key_that_is_missing_has_the_line_of_its_block()
    {
        var layout = ((ScanResult.Scanned)HoconScanner.Scan("\na {\n b {\n }\n}")).Layout;
        Assert.Equal(3, layout.LineOf("a.b.c"));
        Assert.Equal(2, layout.LineOf("a.x.y"));
        Assert.Null(layout.LineOf("x.y"));
    }
}
