using System.Text.RegularExpressions;
using Handoff.Architecture.Tests.Folders;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Settings;

internal static partial class SettingUse
{
    // A key is used where a string is its path, or the end of its path: what is read from a section names the rest.
    public static IEnumerable<Finding> Unread(
        string path, IEnumerable<Setting> settings, IEnumerable<SourceFile> sources)
    {
        var words = sources.SelectMany(Strings).Select(s => s.ValueText).ToHashSet();
        return from s in settings
               where !s.IsGroup && !Ends(s.Path).Any(words.Contains)
               select new Finding(path, s.Line, $"{s.Path} is read nowhere");
    }

    // Any string that looks like one of our paths, but for the names of instruments and activities.
    public static IEnumerable<Finding> Unwritten(
        string root, IReadOnlyList<Setting> settings, IEnumerable<SourceFile> sources)
    {
        var paths = settings.Select(s => s.Path).ToHashSet();
        return from source in sources
               from token in Strings(source)
               where Path(root).IsMatch(token.ValueText) && !paths.Contains(token.ValueText) && !IsTelemetry(token)
               select source.At(token.SpanStart, token.ValueText);
    }

    // What is asked of a Config by a literal must be the end of some path.
    public static IEnumerable<Finding> UnknownReads(IReadOnlyList<Setting> settings, ProjectCode project)
    {
        var ends = settings.SelectMany(s => Ends(s.Path)).ToHashSet();
        return from tree in project.Compilation.SyntaxTrees
               let model = project.ModelOf(tree)
               let file = SourceFile.Of(tree)
               from call in file.All<InvocationExpressionSyntax>()
               where call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax
               let key = call.ArgumentList.Arguments[0].Expression.GetFirstToken().ValueText
               where !ends.Contains(key) && !IsForeign(key) && IsConfigs(model.GetSymbolInfo(call))
               select file.At(call, key);
    }

    private static IEnumerable<SyntaxToken> Strings(SourceFile file) =>
        file.Root.DescendantTokens().Where(t => t.IsKind(SyntaxKind.StringLiteralToken));

    private static IEnumerable<string> Ends(string path)
    {
        var parts = path.Split('.');
        return Enumerable.Range(0, parts.Length).Select(i => string.Join('.', parts[i..]));
    }

    private static bool IsForeign(string key) => key.StartsWith("akka.", StringComparison.Ordinal);

    private static bool IsConfigs(SymbolInfo info) =>
        (info.Symbol ?? info.CandidateSymbols.FirstOrDefault())?.ContainingType is { Name: "Config" } type
        && type.ContainingNamespace.ToDisplayString() is "Akka.Configuration" or "Hocon";

    private static bool IsTelemetry(SyntaxToken token)
    {
        var call = token.Parent?.FirstAncestorOrSelf<ArgumentListSyntax>()?.Parent;
        var name = call switch
        {
            InvocationExpressionSyntax i => i.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last(),
            ObjectCreationExpressionSyntax o => o.Type as SimpleNameSyntax,
            _ => null,
        };
        return name is not null && Instrument().IsMatch(name.Identifier.Text);
    }

    // The name of a file is no path.
    private static Regex Path(string root) => new($@"^{Regex.Escape(root)}(\.[a-z0-9-]+)+(?<!\.conf)$");

    [GeneratedRegex("^(Create(Observable)?(Counter|Histogram|UpDownCounter|Gauge)"
        + "|StartActivity|SetTag|Meter|ActivitySource|KeyValuePair)$")]
    private static partial Regex Instrument();
}
