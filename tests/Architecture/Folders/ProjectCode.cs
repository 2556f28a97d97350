using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Folders;

// A project's sources compiled in memory against what these tests run on, once for all tests.
internal sealed class ProjectCode
{
    // The generators do not run here, so what they would fill in is missing; nothing of ours is declared there.
    private static readonly string[] LeftToGenerators = ["CS8795"];

    private static readonly ConcurrentDictionary<string, Lazy<ProjectCode>> Cache = new();

    // A model keeps what it has bound, so all checks of a file ask the same one.
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    private ProjectCode(string folder, CSharpCompilation compilation)
    {
        Folder = folder;
        Compilation = compilation;
    }

    public string Folder { get; }

    public CSharpCompilation Compilation { get; }

    public static ProjectCode Of(string folder, string assembly) =>
        Cache.GetOrAdd(folder, f => new(() => Compile(f, assembly))).Value;

    public static ProjectCode Compile(string folder, string assembly, IEnumerable<SyntaxTree> trees)
    {
        var all = trees.ToList();
        var kind = all.Any(t => ((CompilationUnitSyntax)t.GetRoot()).Members.Any(m => m is GlobalStatementSyntax))
            ? OutputKind.ConsoleApplication
            : OutputKind.DynamicallyLinkedLibrary;
        var options = new CSharpCompilationOptions(kind, allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
        var references = PlatformReferences.Except(assembly);
        return new(folder, CSharpCompilation.Create(assembly, all, references, options));
    }

    // Of the file under the project's folder; null for what the build generates.
    public string? PathOf(SyntaxTree tree) =>
        tree.FilePath.StartsWith(Folder + "/", StringComparison.Ordinal) ? tree.FilePath[(Folder.Length + 1)..] : null;

    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, t => Compilation.GetSemanticModel(t));

    public IEnumerable<Finding> Errors() =>
        from d in Compilation.GetDiagnostics()
        where d.Severity == DiagnosticSeverity.Error && !LeftToGenerators.Contains(d.Id)
        let at = d.Location.GetLineSpan()
        select new Finding(at.Path ?? Folder, at.StartLinePosition.Line + 1, $"{d.Id}: {d.GetMessage(null)}");

    private static ProjectCode Compile(string folder, string assembly)
    {
        var usings = Path.Combine(Repository.BuildFolder("obj", assembly), assembly + ".GlobalUsings.g.cs");
        var generated = SourceFile.Parse("generated usings", File.ReadAllText(usings)).Tree;
        return Compile(folder, assembly,
            Repository.SourcesUnder(folder + "/").Select(s => s.Tree).Append(generated));
    }
}
