namespace Handoff.Architecture.Tests.Pages;

public sealed class PageCodeTests
{
    [Theory]
    [InlineData("var x = 1;\nawait Task.Delay(x);\nConsole.WriteLine(args.Length);")]
    [InlineData("using System.Text;\nvar b = new StringBuilder();\nrecord Later(int X);")]
    [InlineData("class Whole { public int X => 1; }")]
    [InlineData("namespace N;\nclass Whole { }")]
    [InlineData("using Handoff.Transport;\nvar code = ResultCode.EESUCCESS;")]
    public void A_block_that_compiles_is_good(string code) =>
        Assert.Empty(Errors($"# A\n\n```csharp\n{code}\n```\n"));

    [Theory]
    [InlineData("var x = 1;\nUnheard(x);", 5)]
    [InlineData("using System.Text;\nusing Un.Heard;\nvar x = 1;", 5)]
    [InlineData("class Whole\n{\n    Unheard? x;\n}", 6)]
    [InlineData("var x = 1;\n\nrecord Later(Unheard X);", 6)]
    [InlineData("var x =", 4)]
    [InlineData("int x = \"a\";", 4)]
    [InlineData("var b = new StringBuilder();", 4)]
    public void An_error_is_told_at_its_line_on_the_page(string code, int line) =>
        Assert.Contains(Errors($"# A\n\n```csharp\n{code}\n```\n"), f => f.File == "README.md" && f.Line == line);

    [Fact]
    public void What_an_earlier_block_uses_and_declares_is_taken_as_read()
    {
        const string first = "```csharp\nusing System.Text;\nclass A { public StringBuilder? B; }\n```\n";
        Assert.Empty(Errors(first + "```csharp\nStringBuilder? b = new A().B;\n```\n"));
        Assert.Empty(Errors(first + "```csharp\nclass A { public int C; }\n```\n"));
        Assert.NotEmpty(Errors("```csharp\nStringBuilder? b = new A().B;\n```\n" + first));
    }

    [Fact]
    public void What_a_block_takes_for_granted_is_given_above_it()
    {
        Assert.Empty(Errors("<!-- given: List<int> all, int more -->\n```csharp\nall.Add(more);\n```\n"));
        Assert.NotEmpty(Errors("```csharp\nall.Add(more);\n```\n"));
        Assert.NotEmpty(Errors("<!-- given: Unheard all -->\n```csharp\nvar x = 1;\n```\n"));
        Assert.NotEmpty(Errors("<!-- given: int more -->\n\n```csharp\nvar x = more;\n```\n"));
    }

    [Fact]
    public void Members_of_a_class_are_put_into_it()
    {
        const string members = "using System.Text;\npublic override void Flush() => Unheard();\n";
        Assert.Equal("README.md:4", At("<!-- in: Stream -->\n```csharp\n" + members + "```\n"));
        Assert.Empty(Errors("<!-- in: Stream -->\n```csharp\npublic override void Flush() { }\n```\n"));
    }

    [Theory]
    [InlineData("csharp ignore", 1)]
    [InlineData("cs", 1)]
    [InlineData("C#", 1)]
    [InlineData("csharp", 0)]
    [InlineData("sh", 0)]
    [InlineData("", 0)]
    public void A_label_that_would_hide_a_block_is_found(string label, int findings) =>
        Assert.Equal(findings, PageCode.OddLabels(Parse($"```{label}\nx\n```\n")).Count());

    private static string At(string text) => Errors(text).Select(f => $"{f.File}:{f.Line}").First();

    private static IEnumerable<Finding> Errors(string text) => PageCode.Errors(Parse(text));

    private static Page Parse(string text) => Page.Parse("README.md", text);
}
