using System.Xml;
using System.Xml.Linq;

namespace Handoff.Architecture.Tests.Projects;

internal sealed class ProjectFile
{
    private readonly XDocument _xml;

    private ProjectFile(string path, XDocument xml)
    {
        Path = path;
        _xml = xml;
    }

    public string Path { get; }

    // The folder of the project under the root, "src/Actors".
    public string Folder => Path[..Path.LastIndexOf('/')];

    public IEnumerable<ProjectItem> Projects => Items("ProjectReference")
        .Select(i => i with { Include = InTree(i.Include) });

    public IEnumerable<ProjectItem> Akka => Items("AkkaReference");

    public IEnumerable<ProjectItem> Packages => Items("PackageReference");

    public IEnumerable<ProjectItem> Frameworks => Items("FrameworkReference");

    // Other ways in which foreign code gets into a project, which the rules would not see.
    public IEnumerable<ProjectItem> SideDoors =>
        Items("Reference").Concat(Items("Import", "Project"))
            .Concat(Items("Compile").Where(i => i.Include.Contains("..") || i.Include.Contains("$(")));

    public IEnumerable<ProjectItem> Versions =>
        from element in _xml.Descendants()
        where element.Name.LocalName is "PackageReference" or "AkkaReference" or "PackageVersion"
            or "GlobalPackageReference"
        from version in element.Attributes().Select(a => (a.Name.LocalName, a.Value))
            .Concat(element.Elements().Select(e => (e.Name.LocalName, e.Value)))
        where version.LocalName is "Version" or "VersionOverride"
        select new ProjectItem($"{element.Name.LocalName} {(string?)element.Attribute("Include")} {version.Value}",
            LineOf(element), false);

    public static ProjectFile Parse(string path, string xml) =>
        new(path, XDocument.Parse(xml, LoadOptions.SetLineInfo));

    public Finding At(ProjectItem item, string what) => new(Path, item.Line, what);

    private IEnumerable<ProjectItem> Items(string kind, string attribute = "Include") =>
        from element in _xml.Descendants()
        where element.Name.LocalName == kind && element.Attribute(attribute) is not null
        let compiled = Value(element, "ReferenceOutputAssembly") != "false"
        from include in element.Attribute(attribute)!.Value.Split(';', StringSplitOptions.RemoveEmptyEntries)
        select new ProjectItem(include.Trim(), LineOf(element), !compiled);

    private string InTree(string include)
    {
        var relative = include.Replace('\\', '/').Replace("$(RepoRoot)", "/");
        return System.IO.Path.GetFullPath(System.IO.Path.Combine("/", Folder, relative)).TrimStart('/');
    }

    private static string? Value(XElement element, string name) =>
        (string?)element.Attribute(name)
        ?? element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

    private static int LineOf(XElement element) => ((IXmlLineInfo)element).LineNumber;
}
