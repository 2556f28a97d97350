namespace Handoff.Architecture.Tests.Folders;

internal static class Cycles
{
    // At each level of the tree the nodes are a folder's subfolders and its own files. A ring of files in one folder
    // is that folder's affair; a ring through a folder is a finding, one for each of its arrows.
    public static IEnumerable<Finding> Among(IReadOnlyList<Arrow> arrows, string project)
    {
        foreach (var level in arrows.GroupBy(a => Common(a.From, a.To)))
        {
            var edges = level.GroupBy(a => (From: Node(a.From, level.Key), To: Node(a.To, level.Key))).ToList();
            var next = edges.ToLookup(e => e.Key.From, e => e.Key.To);
            var reach = edges.SelectMany(e => new[] { e.Key.From, e.Key.To }).Distinct()
                .ToDictionary(n => n, n => Reachable(n, next));
            foreach (var edge in edges.Where(e => reach[e.Key.To].Contains(e.Key.From)))
            {
                var ring = reach[edge.Key.From].Where(n => reach[n].Contains(edge.Key.From));
                if (ring.Any(IsFolder))
                    yield return Describe(edge.Key.From, edge.Key.To, [.. edge], project);
            }
        }
    }

    public static Finding Describe(string from, string to, IReadOnlyList<Arrow> places, string project)
    {
        var first = places.OrderBy(a => a.From, StringComparer.Ordinal).ThenBy(a => a.Line).First();
        return new($"{project}/{first.From}", first.Line,
            $"{from} -> {to} by {first.What}, one of {places.Count} place(s)");
    }

    private static HashSet<string> Reachable(string start, ILookup<string, string> next)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(next[start]);
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node))
                continue;
            foreach (var further in next[node])
                open.Push(further);
        }

        return seen;
    }

    private static bool IsFolder(string node) => node.EndsWith('/');

    // The deepest folder that holds both, with its slash; "" is the project.
    private static string Common(string a, string b)
    {
        var end = 0;
        for (var i = 0; i < Math.Min(a.Length, b.Length) && a[i] == b[i]; i++)
        {
            if (a[i] == '/')
                end = i + 1;
        }

        return a[..end];
    }

    private static string Node(string path, string level)
    {
        var slash = path.IndexOf('/', level.Length);
        return slash < 0 ? path : path[..(slash + 1)];
    }
}
