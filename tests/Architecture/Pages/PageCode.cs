using Handoff.Architecture.Tests.Folders;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Pages;

// Compiles a page's C# blocks in the order in which they are read: what an earlier block uses and declares, a later
// one may take as read. Statements are put into an async method.
internal sealed class PageCode
{
    private static readonly SyntaxTree ImplicitUsings = SourceFile.Parse("implicit usings", """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """).Tree;

    private static readonly CSharpCompilationOptions Options =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    private readonly Page _page;
    private readonly List<string> _usings = [];
    private readonly Dictionary<string, string> _types = [];

    private PageCode(Page page) => _page = page;

    public static IEnumerable<Finding> Errors(Page page)
    {
        var code = new PageCode(page);
        return page.Blocks.Where(b => b.Label == Block.CSharp).SelectMany(code.Compile).ToList();
    }

    // Another label would take a block out of the compilation unseen.
    public static IEnumerable<Finding> OddLabels(Page page) =>
        from block in page.Blocks
        let word = block.Label.Split(' ')[0].ToLowerInvariant()
        where block.Label != Block.CSharp && word is "csharp" or "cs" or "c#" or "csharp,ignore"
        select new Finding(page.Path, block.Line, $"```{block.Label}");

    private IReadOnlyList<Finding> Compile(Block block)
    {
        var parts = SourceFile.Parse(_page.Path, block.Text);
        var own = Tree("block", Around(block, parts));
        var declared = parts.Root.Members.Where(IsType).ToDictionary(NameOf, m => m.ToFullString());
        var earlier = Tree("earlier blocks", string.Concat(_usings)
            + string.Concat(_types.Where(t => !declared.ContainsKey(t.Key)).Select(t => t.Value + "\n")));

        _usings.AddRange(parts.Root.Usings.Select(u => u.ToString() + "\n"));
        foreach (var (name, text) in declared)
            _types[name] = text;

        var compilation = CSharpCompilation.Create("Page", [ImplicitUsings, own, earlier],
            PlatformReferences.All, Options);
        return
        [
            .. from d in compilation.GetDiagnostics()
               where d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree == own
               let line = d.Location.GetMappedLineSpan().StartLinePosition.Line + 1
               select new Finding(_page.Path, line, $"{d.Id}: {d.GetMessage(null)}"),
        ];
    }

    // Each piece keeps its line on the page, so that an error is told where the reader sees it.
    private string Around(Block block, SourceFile parts)
    {
        var usings = string.Concat(_usings) + string.Concat(parts.Root.Usings.Select(Piece));
        if (block.Note("in") is { } parent)
        {
            var body = block.Text[(parts.Root.Usings.Count > 0 ? parts.Root.Usings.Last().FullSpan.End : 0)..];
            var first = block.Line + block.Lines.Count - body.Count(c => c == '\n') + 1;
            return $"{usings}abstract class Block : {parent}\n{{\n{Fields(block)}{AtLine(first)}{body}}}\n";
        }

        var members = parts.Root.Members;
        var types = string.Concat(members.Where(m => m is not GlobalStatementSyntax).Select(Piece));
        if (!members.Any(m => m is GlobalStatementSyntax) && block.Note("given") is null)
            return usings + types;

        var statements = string.Concat(members.OfType<GlobalStatementSyntax>().Select(Piece));
        return $"{usings}abstract class Block\n{{\n{Fields(block)}async Task Run(string[] args)\n{{\n"
            + $"{statements}}}\n}}\n{types}";

        string Piece(SyntaxNode node) =>
            AtLine(block.Line + parts.LineOf(node.FullSpan.Start)) + node.ToFullString() + "\n";
    }

    private string AtLine(int line) => $"\n#line {line} \"{_page.Path}\"\n";

    private string Fields(Block block) =>
        block.Note("given") is { } given
            ? string.Concat(SyntaxFactory.ParseParameterList($"({given})").Parameters
                .Select(p => $"{AtLine(block.Line - 1)}{p.Type} {p.Identifier} = default!;"))
            : "";

    private static bool IsType(MemberDeclarationSyntax member) =>
        member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        TypeDeclarationSyntax t => $"{t.Identifier.Text}`{t.Arity}",
        BaseTypeDeclarationSyntax t => t.Identifier.Text,
        DelegateDeclarationSyntax d => $"{d.Identifier.Text}`{d.Arity}",
        _ => throw new ArgumentException($"{member.Kind()} is no type", nameof(member)),
    };

    private static SyntaxTree Tree(string name, string text) => SourceFile.Parse(name, text).Tree;
}
