using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Tidy;

internal static class Sizes
{
    public const int FileLines = 300;
    public const int MethodLines = 60;
    public const int LineCharacters = 120;

    public static IEnumerable<Finding> LongFiles(SourceFile file)
    {
        var lines = file.Text.Lines;
        var count = lines.Count - (lines[^1].Span.IsEmpty ? 1 : 0);
        if (count >= FileLines)
            yield return new(file.Path, count, $"{count} lines");
    }

    public static IEnumerable<Finding> LongLines(SourceFile file) =>
        from line in file.Text.Lines
        where line.Span.Length >= LineCharacters
        select file.At(line.Start, $"{line.Span.Length} characters");

    public static IEnumerable<Finding> LongMethods(SourceFile file) =>
        from body in Bodies(file)
        let lines = file.LineOf(body.End) - file.LineOf(body.Start) + 1
        where lines >= MethodLines
        select file.At(body.Start, $"{body.Name}: {lines} lines");

    private static IEnumerable<(string Name, int Start, int End)> Bodies(SourceFile file)
    {
        foreach (var node in file.Root.DescendantNodes())
        {
            if (NameOf(node) is { } name)
                yield return (name, StartAfterAttributes(node), node.Span.End);
        }

        var statements = file.Root.Members.OfType<GlobalStatementSyntax>().ToList();
        if (statements.Count > 0)
            yield return ("top-level statements", statements[0].SpanStart, statements[^1].Span.End);
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax m => m.Identifier.Text,
        ConstructorDeclarationSyntax c => $"constructor of {c.Identifier.Text}",
        DestructorDeclarationSyntax d => $"finalizer of {d.Identifier.Text}",
        BaseMethodDeclarationSyntax => "operator",
        AccessorDeclarationSyntax a => $"accessor {a.Keyword.Text}",
        LocalFunctionStatementSyntax f => f.Identifier.Text,
        AnonymousFunctionExpressionSyntax => "lambda",
        PropertyDeclarationSyntax { ExpressionBody: not null } p => p.Identifier.Text,
        IndexerDeclarationSyntax { ExpressionBody: not null } => "indexer",
        _ => null,
    };

    // A theory's rows of data are not its length.
    private static int StartAfterAttributes(SyntaxNode node)
    {
        var last = node.ChildNodes().TakeWhile(n => n.IsKind(SyntaxKind.AttributeList)).LastOrDefault();
        return last is null ? node.SpanStart : last.GetLastToken().GetNextToken().SpanStart;
    }
}
