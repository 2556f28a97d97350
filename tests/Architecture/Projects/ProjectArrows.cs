namespace Handoff.Architecture.Tests.Projects;

internal static class ProjectArrows
{
    // The one project that needs the stand-ins built without being compiled against them.
    private const string ReadsStandIns = "tests/Architecture";

    public static IEnumerable<Finding> Forbidden(ProjectFile project) =>
        Repository.IsUnder(project.Path, "src/", "bench/") ? InTable(project)
        : Repository.IsUnder(project.Path, "compat/") ? InCompat(project)
        : Elsewhere(project);

    public static IEnumerable<Finding> Versions(ProjectFile project) =>
        project.Path == "Directory.Packages.props" ? [] : project.Versions.Select(v => project.At(v, v.Include));

    private static IEnumerable<Finding> InTable(ProjectFile project)
    {
        if (!MayUse.OfProject.TryGetValue(project.Folder, out var may))
            return [new(project.Path, 1, "is not in the table MayUse.OfProject")];

        return Projects().Concat(Akka()).Concat(Packages()).Concat(Frameworks()).Concat(SideDoors());

        IEnumerable<Finding> Projects() =>
            from p in project.Projects
            where !may.Projects.Contains(FolderOf(p.Include))
            select project.At(p, $"uses {p.Include}");

        IEnumerable<Finding> Akka() =>
            from a in project.Akka
            where !may.Akka.Contains(a.Include)
            select project.At(a, $"uses Akka's {a.Include}");

        IEnumerable<Finding> Packages() =>
            from p in project.Packages
            where !may.Packages.Any(m => m.EndsWith('.')
                ? p.Include.StartsWith(m, StringComparison.Ordinal)
                : p.Include == m)
            select project.At(p, $"uses package {p.Include}");

        IEnumerable<Finding> Frameworks() =>
            from f in project.Frameworks
            where !may.Frameworks.Contains(f.Include)
            select project.At(f, $"uses framework {f.Include}");

        IEnumerable<Finding> SideDoors() =>
            project.SideDoors.Select(d => project.At(d, $"takes {d.Include} past the arrows"));
    }

    private static IEnumerable<Finding> InCompat(ProjectFile project)
    {
        foreach (var p in project.Projects.Where(p => !Repository.IsUnder(p.Include, "compat/")))
            yield return project.At(p, $"a stand-in uses {p.Include}");
        foreach (var a in project.Akka)
            yield return project.At(a, $"a stand-in uses Akka's {a.Include}");
        foreach (var d in project.SideDoors)
            yield return project.At(d, $"a stand-in takes {d.Include}");
    }

    private static IEnumerable<Finding> Elsewhere(ProjectFile project)
    {
        var test = Repository.IsUnder(project.Path, "tests/")
            || project.Path.EndsWith(".Tests.csproj", StringComparison.Ordinal);
        foreach (var p in project.Projects)
        {
            if (Repository.IsUnder(p.Include, "compat/") && !(project.Folder == ReadsStandIns && p.OnlyBuilt))
                yield return project.At(p, $"uses {p.Include}, which hides the package: say AkkaReference");
            if (Repository.IsUnder(p.Include, "src/TestKit/", "src/Gateway/") && !test)
                yield return project.At(p, $"uses {p.Include}, which is for tests only");
        }

        foreach (var a in project.Akka.Where(a => !test && a.Include.Contains("TestKit")))
            yield return project.At(a, $"uses Akka's {a.Include}, which is for tests only");
        foreach (var p in project.Packages.Where(p => Repository.IsUnder(p.Include + ".", "Akka.")))
        {
            if (Repository.IsUnder(project.Path, "tests/", "examples/"))
                yield return project.At(p, $"uses package {p.Include} directly: say AkkaReference");
        }
    }

    private static string FolderOf(string project) =>
        project.LastIndexOf('/') is var slash and >= 0 ? project[..slash] : "";
}
