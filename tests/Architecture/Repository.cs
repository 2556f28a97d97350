using System.Reflection;

namespace Handoff.Architecture.Tests;

// The tree that the checks look at, walked and parsed once. It is walked on disk, not asked of git, so that a file is
// judged before it is committed and a tarball is judged too.
internal static class Repository
{
    private static readonly string[] CodeFolders = ["src/", "compat/", "tests/", "examples/", "bench/"];
    private static readonly string[] NotOurs =
        [".git", "artifacts", "bin", "obj", "TestResults", ".vs", ".idea", ".vscode", "node_modules"];

    private static readonly Lazy<IReadOnlyList<string>> AllFiles = new(() =>
        [.. Walk(new DirectoryInfo(Root!)).Select(Relative).Order(StringComparer.Ordinal)]);

    private static readonly Lazy<IReadOnlyList<SourceFile>> AllSources = new(() =>
        [.. Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && IsUnder(f, CodeFolders))
            .AsParallel().AsOrdered().Select(f => SourceFile.Parse(f, Read(f)))]);

    public static string Root { get; } = Path.GetFullPath(Metadata("RepoRoot"));

    public static string AkkaSource { get; } = Metadata("AkkaSource");

    // Relative to the root, with forward slashes, sorted.
    public static IReadOnlyList<string> Files => AllFiles.Value;

    public static IReadOnlyList<SourceFile> Sources => AllSources.Value;

    public static IEnumerable<SourceFile> SourcesUnder(params string[] folders) =>
        Sources.Where(s => IsUnder(s.Path, folders));

    public static string Read(string path) => File.ReadAllText(Absolute(path));

    public static string Absolute(string path) => Path.Combine(Root, path);

    // artifacts/<Akka>/<kind>/<project>/<configuration>, a neighbour of the folder that these tests run from.
    public static string BuildFolder(string kind, string project)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory);
        var artifacts = ours.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(artifacts, kind, project, ours.Name);
    }

    public static bool IsUnder(string path, params string[] folders) =>
        folders.Any(f => path.StartsWith(f, StringComparison.Ordinal));

    private static string Relative(FileInfo file) => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(f => !NotOurs.Contains(f.Name))
            .Concat(folder.EnumerateDirectories().Where(d => !NotOurs.Contains(d.Name)).SelectMany(Walk));

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == key).Value!;
}
