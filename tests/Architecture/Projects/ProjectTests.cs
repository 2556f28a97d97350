using System.Reflection;
using System.Text.RegularExpressions;

namespace Handoff.Architecture.Tests.Projects;

public sealed class ProjectTests
{
    private const string Akka = "Akka";

    private static IEnumerable<ProjectFile> Projects =>
        Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Select(Load);

    [Fact]
    public void The_checks_see_the_projects()
    {
        var project = Projects.Single(p => p.Path == "tests/Architecture/Architecture.Tests.csproj");
        Assert.Contains(project.Projects, p => p is { Include: "src/Actors/Handoff.csproj", OnlyBuilt: false });
        Assert.Contains(project.Projects, p => p is { Include: "compat/Akka/Akka.csproj", OnlyBuilt: true });
    }

    [Fact]
    public void Projects_use_only_what_the_house_allows() =>
        Projects.SelectMany(ProjectArrows.Forbidden)
            .MustBeNone("The arrow is not in the design (tests/Architecture/Projects/MayUse.cs): turn it round, "
                + "or move the code.");

    [Fact]
    public void Versions_stand_in_Directory_Packages_props_only()
    {
        var files = Repository.Files.Where(f => Path.GetExtension(f) is ".csproj" or ".props" or ".targets");
        var inSingleFiles =
            from source in Repository.Sources
            from line in source.Text.Lines
            where Regex.IsMatch(line.ToString(), "^#:package .*@")
            select source.At(line.Start, line.ToString());
        files.Select(Load).SelectMany(ProjectArrows.Versions).Concat(inSingleFiles)
            .MustBeNone("Put the version into Directory.Packages.props, in its group.");
    }

    [Fact]
    public void Every_project_is_in_the_solution() =>
        Solution.Gaps(Repository.Read("Handoff.sln"), Projects.Select(p => p.Path))
            .MustBeNone("The solution and the tree must agree, so that one command builds and tests everything.");

    // Project files say what may be used; the built assembly says what is.
    [Theory]
    [InlineData("Handoff.Transport")]
    [InlineData("Handoff", "Handoff.Transport", Akka)]
    public void An_assembly_refers_to_the_framework_and_its_arrows_only(string assembly, params string[] others)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var strangers = Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!)
            .Where(a => !others.Contains(a) && !File.Exists(Path.Combine(framework, a + ".dll")));
        strangers.Select(a => new Finding(assembly + ".dll", 0, $"refers to {a}"))
            .MustBeNone("Find what brings it in: the design lets this assembly use the framework and its arrows.");
    }

    // A stray reference to a stand-in would replace the package of the same name, and the tests would be green on the
    // wrong Akka.
    [Fact]
    public void The_Akka_that_runs_is_the_one_that_was_chosen()
    {
        var standIn = File.ReadAllBytes(Path.Combine(Repository.BuildFolder("bin", Akka), Akka + ".dll"));
        var same = File.ReadAllBytes(Assembly.Load(Akka).Location).SequenceEqual(standIn);
        Assert.Equal(Repository.AkkaSource == "bundled", same);
    }

    private static ProjectFile Load(string path) => ProjectFile.Parse(path, Repository.Read(path));
}
