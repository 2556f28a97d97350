namespace Handoff.Architecture.Tests.Pages;

public sealed class PageTests
{
    private const string Readme = "README.md";
    private const string SocketApi = "docs/socket-api.md";
    private const int LastLineForCode = 24;
    private const int FewestWords = 6;

    private static IEnumerable<Page> Pages =>
        Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)).Select(Load);

    [Fact]
    public void The_README_says_in_line_three_what_this_is_for()
    {
        var purpose = ReadMe().Prose.FirstOrDefault(p => p.Line == 3).Text ?? "";
        if (!purpose.TrimStart('*', '_').Take(1).Any(char.IsLetter) || purpose.Split(' ').Length < FewestWords)
            Fail(3, purpose, "Line 3 is one sentence of prose: what this is, and who needs it.");
    }

    [Fact]
    public void The_README_shows_code_before_line_25()
    {
        var first = ReadMe().Blocks.FirstOrDefault(b => b.Label == Block.CSharp);
        if (first is null || first.Line > LastLineForCode)
            Fail(first?.Line ?? 1, "the first C# block, or none", "Show the smallest real program before line 25.");
    }

    [Theory]
    [InlineData("dotnet run --project src/Gateway")]
    [InlineData("dotnet test")]
    public void The_README_has_the_command(string command)
    {
        if (!ReadMe().Blocks.SelectMany(b => b.Lines).Any(l => l.TrimStart('$', ' ').StartsWith(command)))
            Fail(1, command, "Put the command into a block of its own line, to be copied.");
    }

    [Fact]
    public void Every_CSharp_block_compiles() =>
        Told().SelectMany(PageCode.Errors)
            .MustBeNone("Mend the block, or the API that it shows. What it takes for granted is said in a comment "
                + "above it (tests/Architecture/Pages/Block.cs).");

    [Fact]
    public void No_CSharp_block_is_left_out() =>
        Told().SelectMany(PageCode.OddLabels).MustBeNone("Label it csharp and nothing else, and let it compile.");

    [Fact]
    public void Every_link_leads_somewhere() =>
        Pages.SelectMany(p => PageLinks.Broken(p, Exists, Load)).MustBeNone("Mend the link.");

    [Fact]
    public void Every_test_that_a_page_names_is_there() =>
        Pages.SelectMany(p => PageTestNames.Unknown(p, Repository.SourcesUnder("tests/")))
            .MustBeNone("Name a test that there is: its file under tests/ and its method.");

    [Fact]
    public void Every_row_of_the_socket_api_names_a_test_or_says_that_it_is_not_there_yet() =>
        PageTestNames.Untested(Load(SocketApi)).MustBeNone("Name the test that shows it.");

    private static IEnumerable<Page> Told() =>
        Pages.Where(p => p.Path == Readme || Repository.IsUnder(p.Path, "docs/"));

    private static Page ReadMe()
    {
        if (!Exists(Readme))
            Fail(1, "is not there", "Write it: purpose, code, two commands, the state picture, where things are.");
        return Load(Readme);
    }

    private static bool Exists(string path) =>
        File.Exists(Repository.Absolute(path)) || Directory.Exists(Repository.Absolute(path));

    private static Page Load(string path) => Page.Parse(path, Repository.Read(path));

    private static void Fail(int line, string what, string whatToDo) =>
        new[] { new Finding(Readme, line, what) }.MustBeNone(whatToDo);
}
