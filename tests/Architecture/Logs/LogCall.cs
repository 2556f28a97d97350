using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Logs;

// A call of Akka's log: at which level, what, and by whom. Template is null where it is put together on the spot.
internal sealed record LogCall(string Level, string? Template, int Arguments, string By, Finding Place)
{
    private static readonly string[] Levels = ["Debug", "Info", "Warning", "Error"];

    public string Row => $"| {Level} | `{Template}` | `{By}` |";

    public static IEnumerable<LogCall> In(SourceFile file) =>
        from call in file.All<InvocationExpressionSyntax>()
        let member = call.Expression as MemberAccessExpressionSyntax
        where member is not null && Levels.Contains(member.Name.Identifier.ValueText) && IsLog(member.Expression)
        select Of(file, call, member.Name.Identifier.ValueText);

    // A field, a parameter or a system's; or a logger that is got on the spot.
    private static bool IsLog(ExpressionSyntax of) => of switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText is "_log" or "log" or "Log",
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Log" or "_log" } => true,
        InvocationExpressionSyntax { Expression: var got } =>
            got.ToString().EndsWith("GetLogger", StringComparison.Ordinal),
        _ => false,
    };

    // A cause that comes first is no argument of the template.
    private static LogCall Of(SourceFile file, InvocationExpressionSyntax call, string level)
    {
        var arguments = call.ArgumentList.Arguments;
        var at = arguments.Count > 1 && IsText(arguments[1].Expression) && !IsText(arguments[0].Expression) ? 1 : 0;
        var by = call.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.ValueText;
        var template = Constant(arguments[at].Expression);
        return new LogCall(
            level.ToLowerInvariant(), template, arguments.Count - at - 1, by, file.At(call, $"{call}"));
    }

    private static bool IsText(ExpressionSyntax expression) =>
        Constant(expression) is not null || expression is InterpolatedStringExpressionSyntax;

    private static string? Constant(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) =>
            literal.Token.ValueText,
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) =>
            Constant(sum.Left) is { } left && Constant(sum.Right) is { } right ? left + right : null,
        _ => null,
    };
}
