using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Tidy;

internal static class Tasks
{
    public static IEnumerable<Finding> AsyncVoid(SourceFile file)
    {
        foreach (var m in file.All<MethodDeclarationSyntax>())
        {
            if (m.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(m.ReturnType))
                yield return file.At(m.Identifier.SpanStart, $"async void {m.Identifier.Text}");
        }

        foreach (var f in file.All<LocalFunctionStatementSyntax>())
        {
            if (f.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(f.ReturnType))
                yield return file.At(f.Identifier.SpanStart, $"async void {f.Identifier.Text}");
        }
    }

    public static IEnumerable<Finding> Sleeps(SourceFile file) =>
        from access in file.All<MemberAccessExpressionSyntax>()
        let call = $"{RightmostName(access.Expression)}.{access.Name.Identifier.Text}"
        where call is "Thread.Sleep" or "Task.Delay"
        select file.At(access, call);

    // By name, so that it needs no compilation and covers tests too; the projects in src are also asked by type
    // (DiscardedTasks).
    public static IEnumerable<Finding> Discarded(SourceFile file) =>
        from expression in Dropped(file)
        where MakesATask(expression)
        select file.At(expression, expression.ToString().Split('\n')[0]);

    // Every invocation whose value nobody takes.
    public static IEnumerable<InvocationExpressionSyntax> Dropped(SourceFile file) =>
        file.All<InvocationExpressionSyntax>().Where(i => Outermost(i).Parent switch
        {
            ExpressionStatementSyntax => true,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" } } => true,
            ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax m } => IsVoid(m.ReturnType),
            ArrowExpressionClauseSyntax { Parent: LocalFunctionStatementSyntax f } => IsVoid(f.ReturnType),
            _ => false,
        });

    public static string NameOf(InvocationExpressionSyntax call) => RightmostName(call.Expression);

    // In a?.B() the call is the right half of the expression.
    private static ExpressionSyntax Outermost(ExpressionSyntax expression)
    {
        while (expression.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == expression)
            expression = access;
        return expression;
    }

    private static bool MakesATask(InvocationExpressionSyntax call)
    {
        var name = NameOf(call);
        if (name is "ConfigureAwait" or "AsTask" or "Unwrap" or "Preserve"
            && call.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax inner })
        {
            return MakesATask(inner);
        }

        return name switch
        {
            // A ReceiveActor's registrations end in Async and return nothing.
            "ReceiveAsync" or "ReceiveAnyAsync" => call.Expression is MemberAccessExpressionSyntax
                || (name == "ReceiveAsync" && call.Expression is not GenericNameSyntax && !NamesAType(call)),
            "ContinueWith" => true,
            "Run" or "WhenAll" or "WhenAny" => Receiver(call) == "Task",
            "StartNew" => Receiver(call) == "Factory",
            _ => name.EndsWith("Async", StringComparison.Ordinal),
        };
    }

    private static bool NamesAType(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments is [{ Expression: TypeOfExpressionSyntax }, ..];

    private static string? Receiver(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access ? RightmostName(access.Expression) : null;

    private static string RightmostName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax s => s.Identifier.Text,
        MemberAccessExpressionSyntax m => m.Name.Identifier.Text,
        MemberBindingExpressionSyntax b => b.Name.Identifier.Text,
        _ => "",
    };

    private static bool IsVoid(TypeSyntax type) =>
        type is PredefinedTypeSyntax p && p.Keyword.IsKind(SyntaxKind.VoidKeyword);
}
