namespace Handoff.Architecture.Tests.Tidy;

public sealed class SizesTests
{
    [Theory]
    [InlineData(299, 0)]
    [InlineData(300, 1)]
    public void A_file_of_three_hundred_lines_is_too_long(int lines, int findings) =>
        Assert.Equal(findings, Sizes.LongFiles(Parse(Lines(lines))).Count());

    [Theory]
    [InlineData(119, 0)]
    [InlineData(120, 1)]
    public void A_line_of_a_hundred_and_twenty_characters_is_too_long(int characters, int findings) =>
        Assert.Equal(findings, Sizes.LongLines(Parse("\n" + new string('/', characters) + "\n")).Count());

    [Fact]
    public void A_long_line_is_found_where_it_stands()
    {
        var finding = Assert.Single(Sizes.LongLines(Parse("\n\n" + new string('/', 130))));
        Assert.Equal("src/A.cs:3: 130 characters", finding.ToString());
    }

    // The declaration and the two braces are three of the lines.
    [Theory]
    [InlineData(56, 0)]
    [InlineData(57, 1)]
    public void A_method_of_sixty_lines_is_too_long(int inside, int findings) =>
        Assert.Equal(findings, Count("void M()\n{\n" + Lines(inside) + "}\n"));

    [Theory]
    [InlineData("A()")]
    [InlineData("~A()")]
    [InlineData("public static A operator +(A a, A b)")]
    [InlineData("int P { get")]
    [InlineData("int this[int i] { set")]
    [InlineData("void M() { void Local()")]
    [InlineData("Action a = () =>")]
    public void Whatever_has_a_body_is_measured(string head) =>
        Assert.NotEqual(0, Count(head + "\n{\n" + Lines(57) + "}\n"));

    [Fact]
    public void An_expression_is_measured_too()
    {
        Assert.Equal(1, Count("int P => x switch\n{\n" + Lines(57) + "};\n"));
        Assert.Equal(1, Count("int M() => x switch\n{\n" + Lines(57) + "};\n"));
        Assert.Single(Sizes.LongMethods(Parse("Start();\n" + Lines(58) + "Stop();\n")));
    }

    [Fact]
    public void Rows_of_test_data_are_not_counted() =>
        Assert.Equal(0, Count(string.Concat(Enumerable.Repeat("[InlineData(1)]\n", 80)) + "void M()\n{\n}\n"));

    private static int Count(string member) =>
        Sizes.LongMethods(Parse("class A\n{\n" + member + "}\n")).Count();

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("//\n", count));

    private static SourceFile Parse(string text) => SourceFile.Parse("src/A.cs", text);
}
