using System.Reflection;

namespace Handoff.Architecture.Tests.Api;

public sealed class PublicApiTests
{
    private const string Accept = "HANDOFF_ACCEPT_API";
    private const string Folder = "tests/Architecture/PublicApi";

    private static readonly string[] Assemblies =
    [
        .. Repository.Files
            .Where(f => f.StartsWith("src/", StringComparison.Ordinal)
                && f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f)),
    ];

    public static TheoryData<string> InSrc => [.. Assemblies];

    [Theory]
    [MemberData(nameof(InSrc))]
    public void The_public_API_is_the_committed_one(string assembly)
    {
        var path = Repository.Absolute($"{Folder}/{assembly}.txt");
        var built = ApiText.Of(Assembly.Load(assembly), ApiStyle.Exact);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllLines(path, built);
        }

        var committed = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (!built.SequenceEqual(committed))
            Assert.Fail(Difference(assembly, committed, built));
    }

    [Fact]
    public void Every_text_has_its_assembly() =>
        Directory.GetFiles(Repository.Absolute(Folder)).Select(f => Path.GetFileNameWithoutExtension(f))
            .Except(Assemblies).Select(a => new Finding($"{Folder}/{a}.txt", 1, $"there is no {a}"))
            .MustBeNone("Delete the text with its assembly.");

    [Fact]
    public void A_difference_names_the_type_and_the_command_that_accepts_it()
    {
        string[] before = ["class A.B : A.C", "  int X()", "class A.D", "  int X()", "  Y"];
        string[] after = ["class A.B : A.C", "  int X()", "sealed class A.D", "  long X()", "  Y"];
        Assert.Equal(
            """
            The public API of Handoff is not the committed one. If that is meant:
            HANDOFF_ACCEPT_API=1 dotnet test tests/Architecture
            - class A.D
            - A.D: int X()
            + sealed class A.D
            + A.D: long X()
            """,
            Difference("Handoff", before, after));
    }

    private static string Difference(string assembly, IEnumerable<string> committed, IEnumerable<string> built)
    {
        var before = ApiText.Qualified(committed).ToList();
        var after = ApiText.Qualified(built).ToList();
        var removed = before.Except(after).Select(l => "- " + l);
        var added = after.Except(before).Select(l => "+ " + l);
        return string.Join('\n',
            removed.Concat(added).DefaultIfEmpty("(the lines are the same, in another order or number)")
                .Prepend($"{Accept}=1 dotnet test tests/Architecture")
                .Prepend($"The public API of {assembly} is not the committed one. If that is meant:"));
    }
}
