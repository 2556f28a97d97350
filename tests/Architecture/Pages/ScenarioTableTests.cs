namespace Handoff.Architecture.Tests.Pages;

public sealed class ScenarioTableTests
{
    private const string Scenarios = "docs/scenarios.md";
    private const string Tests = "tests/TestKit/Scenarios/";
    private const string Named = "`TestKit/Scenarios/Some.T01_It_works`";

    // Those between are of names, which tests/Actors/Names plays, and of peeled off associations; the last one is of
    // TLS.
    private static readonly IEnumerable<int> Numbers = [.. Enumerable.Range(1, 52), 57, 58, 59];

    [Fact]
    public void Every_scenario_is_told_by_a_test_of_its_number() =>
        ScenarioTable.Untold(TablePage(), Repository.SourcesUnder(Tests), Numbers)
            .MustBeNone("Write the story, and begin its name with the number.");

    [Fact]
    public void Every_story_has_its_row_with_what_it_is_played_on() =>
        ScenarioTable.Unlisted(TablePage(), Repository.SourcesUnder(Tests)).MustBeNone("Mend the table.");

    [Theory]
    [InlineData("[Fact] void T01_It_works() { }", "", 1)]
    [InlineData("[Fact] void T01_It_works() { } void T02_Too() { }", "", 0)]
    [InlineData("[Fact] void T02_It_works() { } void Of_T01() { }", "", 1)]
    public void A_number_without_a_story_is_found(string methods, string page, int findings) => Assert.Equal(
        findings, ScenarioTable.Untold(Page.Parse(Scenarios, page), [Source(methods)], [1, 2]).Count());

    [Theory]
    [InlineData("[Seeds(5)]", $"| T01 | it | {Named} | memory |", 0)]
    [InlineData("[Transports(5)]", $"| T01 | it | {Named} | all streams |", 0)]
    [InlineData("[Transports(5, Except = \"unix\")]", $"| T01 | it | {Named} | all streams but unix |", 0)]
    [InlineData("[Transports(5, Datagrams = true)]", $"| T01 | it | {Named} | all datagrams |", 0)]
    [InlineData("[Transports(5)]", $"| T01 | it | {Named} | memory |", 1)]
    [InlineData("[Transports(5)]", $"| T02 | it | {Named} | all streams |", 1)]
    [InlineData("[Transports(5)]", "| T01 | it | `TestKit/Scenarios/Some.T01_It_worked` | all streams |", 1)]
    public void A_story_without_its_row_is_found(string attribute, string row, int findings) => Assert.Equal(
        findings,
        ScenarioTable.Unlisted(
            Page.Parse(Scenarios, row), [Source($"{attribute} void T01_It_works() {{ }}")]).Count());

    private static SourceFile Source(string methods) =>
        SourceFile.Parse($"{Tests}Some.cs", $"class Some {{ {methods} }}");

    private static Page TablePage() => Page.Parse(Scenarios, Repository.Read(Scenarios));
}
