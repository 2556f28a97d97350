namespace Handoff.Architecture.Tests.Pages;

public sealed class PageLinksTests
{
    private static readonly string[] There = ["README.md", "docs/a.md", "docs", "src/A.cs"];

    [Theory]
    [InlineData("see [a](a.md) and [b](../src/A.cs \"title\")", 0)]
    [InlineData("see [a](../docs) and [`code`](./a.md#the-way-out)", 0)]
    [InlineData("see [a](https://example.org/none) or `[a](none.md)`", 0)]
    [InlineData("see [top](#the-way-out)", 0)]
    [InlineData("```\n[a](none.md)\n```", 0)]
    [InlineData("see [a](none.md) and ![b](none.png)", 2)]
    [InlineData("see [`code`](none.md)", 1)]
    [InlineData("see [a](../../README.md)", 0)]
    [InlineData("see [a](a.md#nowhere)", 1)]
    [InlineData("see [a](../README.md#nowhere)", 1)]
    [InlineData("see [a][1]\n\n[1]: none.md", 1)]
    public void A_link_to_nothing_is_found(string text, int findings)
    {
        var page = Page.Parse("docs/a.md", text + "\n\n## The way out!\n");
        var broken = PageLinks.Broken(page, There.Contains, path => Page.Parse(path, "# Top\n"));
        Assert.Equal(findings, broken.Count());
    }

    [Fact]
    public void A_block_that_does_not_end_is_refused() =>
        Assert.Throws<FormatException>(() => Page.Parse("a.md", "```csharp\nvar x = 1;\n"));
}
