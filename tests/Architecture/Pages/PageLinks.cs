namespace Handoff.Architecture.Tests.Pages;

internal static class PageLinks
{
    // Links inside the repository: the file or folder is there, and the heading too.
    public static IEnumerable<Finding> Broken(Page page, Func<string, bool> exists, Func<string, Page> read)
    {
        foreach (var (line, target) in page.Links.Where(l => !IsElsewhere(l.Target)))
        {
            var parts = target.Split('#', 2);
            var path = parts[0].Length == 0 ? page.Path : InTree(page.Path, parts[0]);
            if (!exists(path))
                yield return new(page.Path, line, $"{target} is not there");
            else if (parts.Length == 2 && path.EndsWith(".md", StringComparison.Ordinal)
                && !(path == page.Path ? page : read(path)).Anchors.Contains(parts[1]))
                yield return new(page.Path, line, $"{target}: there is no such heading");
        }
    }

    private static bool IsElsewhere(string target) => target.Contains("://") || target.StartsWith("mailto:");

    private static string InTree(string page, string target) =>
        Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(page)!, target)).Trim('/');
}
