namespace Handoff.Architecture.Tests.Folders;

internal static class FolderTable
{
    // "" is the project's root, whose files everybody may use and which uses nobody.
    public static readonly IReadOnlyDictionary<string, string[]> OfTransport = new Dictionary<string, string[]>
    {
        [""] = [],
        ["Ownership"] = [],
        ["Associations"] = [],
        ["Engine"] = ["Associations"],
        ["Sockets"] = ["Engine", "Associations"],
        ["Framing"] = ["Sockets"],
        ["Tcp"] = ["Sockets", "Engine"],
        ["Unix"] = ["Sockets", "Engine"],
        ["Udp"] = ["Sockets", "Engine"],
        ["Sctp"] = ["Sockets", "Engine", "Associations"],
        ["Memory"] = ["Sockets", "Engine"],
        ["Tls"] = ["Sockets", "Engine"],
        ["Handles"] = ["Unix", "Engine", "Associations"],
        ["Children"] = ["Engine"],
    };

    public static IEnumerable<Finding> Forbidden(
        IReadOnlyList<Arrow> arrows, IReadOnlyDictionary<string, string[]> table, string project) =>
        from arrow in arrows
        let user = Top(arrow.From)
        let used = Top(arrow.To)
        where user != used && used.Length > 0 && !(table.GetValueOrDefault(user)?.Contains(used) == true)
        group arrow by (user, used) into places
        select Cycles.Describe(Name(places.Key.user), Name(places.Key.used), [.. places], project);

    // A folder without a line would be free to use nothing and be used by nobody, unseen.
    public static IEnumerable<Finding> Unlisted(
        IEnumerable<string> files, IReadOnlyDictionary<string, string[]> table, string project) =>
        from file in files
        where !table.ContainsKey(Top(file))
        group file by Top(file) into folder
        select new Finding($"{project}/{folder.First()}", 1, $"folder {folder.Key} has no line in the table");

    private static string Top(string path) => path.IndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    private static string Name(string top) => top.Length == 0 ? "the root" : top + "/";
}
