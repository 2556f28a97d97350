using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Tidy;

internal static partial class Directives
{
    public static IEnumerable<Finding> Conditional(SourceFile file) =>
        from trivia in file.Root.DescendantTrivia(descendIntoTrivia: true)
        where trivia.IsKind(SyntaxKind.IfDirectiveTrivia) || trivia.IsKind(SyntaxKind.ElifDirectiveTrivia)
        select file.At(trivia.SpanStart, file.LineTextAt(trivia.SpanStart).Trim());

    public static IEnumerable<Finding> SuppressedWithoutReason(SourceFile file)
    {
        foreach (var trivia in file.Root.DescendantTrivia())
        {
            if (trivia.GetStructure() is PragmaWarningDirectiveTriviaSyntax pragma
                && pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword)
                && !Reason().IsMatch(file.LineTextAt(trivia.SpanStart)))
            {
                yield return file.At(trivia.SpanStart, file.LineTextAt(trivia.SpanStart).Trim());
            }
        }

        foreach (var attribute in file.All<AttributeSyntax>())
        {
            if (LastPart().Match(attribute.Name.ToString()).Value is "SuppressMessage" or "SuppressMessageAttribute"
                && !IsJustified(attribute)
                && !Reason().IsMatch(file.LineTextAt(attribute.Span.End)))
            {
                yield return file.At(attribute, attribute.ToString());
            }
        }
    }

    // What a file does is said by its name and its types. The lines that run a single-file program come first.
    public static IEnumerable<Finding> Headers(SourceFile file)
    {
        foreach (var line in file.Text.Lines)
        {
            var text = line.ToString().Trim();
            if (text.Length == 0 || text.StartsWith("#!", StringComparison.Ordinal)
                || text.StartsWith("#:", StringComparison.Ordinal))
            {
                continue;
            }

            if (text.StartsWith("//", StringComparison.Ordinal) || text.StartsWith("/*", StringComparison.Ordinal))
                yield return file.At(line.Start, text);
            yield break;
        }
    }

    private static bool IsJustified(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.Any(a =>
            a.NameEquals?.Name.Identifier.Text == "Justification"
            && a.Expression is LiteralExpressionSyntax { Token.ValueText.Length: > 0 }) == true;

    [GeneratedRegex(@"//\s*\w")]
    private static partial Regex Reason();

    [GeneratedRegex(@"\w+$")]
    private static partial Regex LastPart();
}
