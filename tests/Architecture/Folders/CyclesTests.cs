namespace Handoff.Architecture.Tests.Folders;

public sealed class CyclesTests
{
    private static readonly Dictionary<string, string[]> Table =
        new() { [""] = [], ["Low"] = [], ["High"] = ["Low"] };

    [Theory]
    [InlineData("A/a.cs B/b.cs", "B/c.cs A/d.cs")]
    [InlineData("A/a.cs B/b.cs", "B/b.cs C/c.cs", "C/c.cs A/a.cs")]
    [InlineData("A/a.cs Face.cs", "Face.cs A/b.cs")]
    [InlineData("A/X/a.cs A/Y/b.cs", "A/Y/b.cs A/X/a.cs")]
    [InlineData("A/X/a.cs A/b.cs", "A/b.cs A/X/c.cs")]
    public void A_ring_through_a_folder_is_found(params string[] arrows) =>
        Assert.Equal(arrows.Length, Cycles.Among(Parse(arrows), "src/P").Count());

    [Theory]
    [InlineData("A/a.cs B/b.cs", "A/c.cs B/b.cs", "B/b.cs C/c.cs", "A/a.cs C/c.cs")]
    [InlineData("A/a.cs A/b.cs", "A/b.cs A/a.cs")]
    [InlineData("a.cs b.cs", "b.cs a.cs")]
    [InlineData("A/a.cs Low.cs", "Face.cs A/a.cs", "Face.cs Low.cs")]
    [InlineData("A/X/a.cs B/b.cs", "A/Y/a.cs A/X/b.cs", "A/Y/a.cs C/c.cs", "C/c.cs B/b.cs")]
    public void Arrows_that_only_go_down_are_not(params string[] arrows) =>
        Assert.Empty(Cycles.Among(Parse(arrows), "src/P"));

    [Fact]
    public void What_hangs_on_a_ring_is_not_blamed()
    {
        var found = Cycles.Among(Parse("A/a.cs B/b.cs", "B/b.cs A/a.cs", "B/b.cs C/c.cs", "D/d.cs A/a.cs"), "src/P");
        Assert.Equal(
            [
                "src/P/A/a.cs:1: A/ -> B/ by x, one of 1 place(s)",
                "src/P/B/b.cs:2: B/ -> A/ by x, one of 1 place(s)",
            ],
            found.Select(f => f.ToString()));
    }

    [Theory]
    [InlineData("Low/a.cs High/b.cs", 1)]
    [InlineData("Low/a.cs Other/b.cs", 1)]
    [InlineData("Other/a.cs Low/b.cs", 1)]
    [InlineData("Face.cs Low/a.cs", 1)]
    [InlineData("High/a.cs Low/b.cs", 0)]
    [InlineData("High/Deep/a.cs Low/Deep/b.cs", 0)]
    [InlineData("High/a.cs Word.cs", 0)]
    [InlineData("High/a.cs High/Deep/b.cs", 0)]
    public void Only_the_arrows_of_the_table_are_allowed(string arrow, int findings) =>
        Assert.Equal(findings, FolderTable.Forbidden(Parse(arrow), Table, "src/P").Count());

    [Fact]
    public void A_folder_without_a_line_is_found_once()
    {
        var found = FolderTable.Unlisted(["a.cs", "Low/a.cs", "Other/a.cs", "Other/b.cs"], Table, "src/P");
        Assert.Equal("src/P/Other/a.cs:1: folder Other has no line in the table", Assert.Single(found).ToString());
    }

    private static List<Arrow> Parse(params string[] arrows) =>
        [.. arrows.Select((a, i) => new Arrow(a.Split(' ')[0], i + 1, a.Split(' ')[1], "x"))];
}
