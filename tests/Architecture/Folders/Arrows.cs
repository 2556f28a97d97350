using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Folders;

internal static class Arrows
{
    // Every name in the code is resolved and led to the file that declares it. References in doc comments are no use
    // of anything and are not looked at.
    public static IReadOnlyList<Arrow> In(ProjectCode project) =>
        [.. project.Compilation.SyntaxTrees.AsParallel().SelectMany(t => Of(project, t))];

    private static IEnumerable<Arrow> Of(ProjectCode project, SyntaxTree tree)
    {
        if (project.PathOf(tree) is not { } from)
            yield break;

        var model = project.ModelOf(tree);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is not (SimpleNameSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax))
                continue;
            if (Declared(model.GetSymbolInfo(node)) is not { } symbol)
                continue;

            var line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
            var what = symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
            foreach (var reference in symbol.DeclaringSyntaxReferences)
            {
                if (project.PathOf(reference.SyntaxTree) is { } to && to != from)
                    yield return new(from, line, to, what);
            }
        }
    }

    private static ISymbol? Declared(SymbolInfo info)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (symbol is IMethodSymbol { ReducedFrom: { } extension })
            symbol = extension;
        symbol = symbol?.OriginalDefinition;
        if (symbol?.Kind is not (SymbolKind.NamedType or SymbolKind.Method or SymbolKind.Property
            or SymbolKind.Field or SymbolKind.Event))
        {
            return null;
        }

        return symbol.IsImplicitlyDeclared ? symbol.ContainingType : symbol;
    }
}
