namespace Handoff.Architecture.Tests.Words;

public sealed class WordTests
{
    private const string List = "tests/Architecture/BannedWords.txt";

    // Akka's names are facts.
    private const string Facts = "tests/Architecture/AkkaApi/";

    [Fact]
    public void No_file_has_a_banned_word()
    {
        var words = BannedWord.Parse(Repository.Read(List));
        Assert.True(words.Count > 10, "the list is not all there");
        Repository.Files.Where(f => f != List && !Repository.IsUnder(f, Facts))
            .Select(f => (Path: f, Text: Repository.Read(f)))
            .Where(f => !f.Text.Contains('\0'))
            .SelectMany(f => BannedWord.In(f.Path, f.Text, words))
            .MustBeNone($"Do it now, or say it in other words ({List}).");
    }

    [Theory]
    [InlineData("src/A.cs", "// apple: later", 1)]
    [InlineData("src/A.cs", "an Apple a day", 1)]
    [InlineData("src/A.cs", "pineapples and apples", 0)]
    [InlineData("src/A.cs", "APPLE_COUNT", 0)]
    [InlineData("docs/a.md", "see /home/me/x", 1)]
    [InlineData("tests/A/A.cs", "see /home/me/x", 0)]
    [InlineData("src/A.cs", "one\napple\nthree apple\n", 2)]
    public void A_banned_word_is_found_as_a_whole_word_and_a_path_anywhere(string path, string text, int findings) =>
        Assert.Equal(findings, BannedWord.In(path, text, Words).Count());

    [Fact]
    public void A_finding_names_the_line_and_the_word() =>
        Assert.Equal(["src/A.cs:2: Apple"],
            BannedWord.In("src/A.cs", "one\nan Apple", Words).Select(f => f.ToString()));

    private static IReadOnlyList<BannedWord> Words => BannedWord.Parse("# fruit\n\napple\npath /home/ tests/\n");
}
