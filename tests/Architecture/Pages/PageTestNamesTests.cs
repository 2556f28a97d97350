namespace Handoff.Architecture.Tests.Pages;

public sealed class PageTestNamesTests
{
    private static readonly SourceFile[] Tests =
    [
        SourceFile.Parse("tests/Actors/ReleaseTests.cs", "class ReleaseTests { void It_works() { } }"),
    ];

    [Theory]
    [InlineData("| a | `Actors/ReleaseTests.It_works` |", 0)]
    [InlineData("| a | `Release.Handle` and `hocon/gateway.conf` |", 0)]
    [InlineData("| a | `Actors/ReleaseTests.It_worked` |", 1)]
    [InlineData("| a | `Contracts/ReleaseTests.It_works` |", 1)]
    public void A_test_that_is_not_there_is_found(string text, int findings) =>
        Assert.Equal(findings, PageTestNames.Unknown(Page.Parse("docs/a.md", text), Tests).Count());

    [Theory]
    [InlineData("| call | test |\n|---|---|\n| a | `Actors/ReleaseTests.It_works` |\n| b | not yet |", 0)]
    [InlineData("| call | test |\n|---|---|\n| a | |\n| b | soon |", 2)]
    [InlineData("no table", 0)]
    public void A_row_without_a_test_is_found(string text, int findings) =>
        Assert.Equal(findings, PageTestNames.Untested(Page.Parse("docs/a.md", text)).Count());
}
