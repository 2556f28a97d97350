using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Tidy;

internal static partial class Types
{
    public static IEnumerable<Finding> ManyInOneFile(SourceFile file)
    {
        var types = TopLevel(file).Where(t => t.Modifiers.Any(SyntaxKind.PublicKeyword)).ToList();
        var names = types.Select(NameOf).Distinct().ToList();
        if (names.Count > 1 && !IsClosedFamily(types))
            yield return file.At(types[^1], $"public types {string.Join(", ", names)}");
    }

    public static IEnumerable<Finding> EmptyNames(SourceFile file) =>
        from type in file.All<MemberDeclarationSyntax>()
        where type is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
        where NamesNothing().IsMatch(NameOf(type)) && !IsAkkas(file, type)
        select file.At(type, NameOf(type));

    public static IEnumerable<Finding> TestsWithoutEnd(SourceFile file) =>
        from type in file.All<ClassDeclarationSyntax>()
        let bases = BasesOf(type).ToHashSet()
        where bases.Contains("IAsyncDisposable") && !bases.Contains("IAsyncLifetime")
        where type.Members.Any(m => m.AttributeLists.SelectMany(l => l.Attributes).Any(IsTest))
        select file.At(type, NameOf(type));

    private static bool IsTest(AttributeSyntax attribute) =>
        LastName(attribute.Name).EndsWith("Fact", StringComparison.Ordinal)
        || LastName(attribute.Name).EndsWith("Theory", StringComparison.Ordinal);

    private static IEnumerable<MemberDeclarationSyntax> TopLevel(SourceFile file) =>
        file.Root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    // One head, an abstract record or an interface; everything else is a record that derives from it and is sealed,
    // or is itself a head inside the family. Result and Result<T> are one name.
    private static bool IsClosedFamily(List<MemberDeclarationSyntax> types)
    {
        var heads = types.Where(IsHead).Select(NameOf).ToHashSet();
        var outside = types.Where(t => !BasesOf(t).Any(heads.Contains)).Select(NameOf).Distinct().ToList();
        return outside is [var head] && heads.Contains(head)
            && types.All(t => heads.Contains(NameOf(t)) || IsSealedRecord(t));
    }

    private static bool IsHead(MemberDeclarationSyntax type) =>
        type is InterfaceDeclarationSyntax
        || (type is RecordDeclarationSyntax && type.Modifiers.Any(SyntaxKind.AbstractKeyword));

    private static bool IsSealedRecord(MemberDeclarationSyntax type) =>
        type.IsKind(SyntaxKind.RecordStructDeclaration)
        || (type is RecordDeclarationSyntax && type.Modifiers.Any(SyntaxKind.SealedKeyword));

    private static IEnumerable<string> BasesOf(MemberDeclarationSyntax type) =>
        (type as BaseTypeDeclarationSyntax)?.BaseList?.Types.Select(t => LastName(t.Type)) ?? [];

    private static string LastName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax s => s.Identifier.Text,
        QualifiedNameSyntax q => q.Right.Identifier.Text,
        _ => type.ToString(),
    };

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax t => t.Identifier.Text,
        DelegateDeclarationSyntax d => d.Identifier.Text,
        _ => throw new ArgumentException($"{type.Kind()} is no type", nameof(type)),
    };

    // A public name in compat is Akka's, and another test asks Akka for it.
    private static bool IsAkkas(SourceFile file, SyntaxNode type) =>
        Repository.IsUnder(file.Path, "compat/")
        && type.AncestorsAndSelf().OfType<MemberDeclarationSyntax>()
            .Where(m => m is not BaseNamespaceDeclarationSyntax)
            .All(m => m.Modifiers.Any(SyntaxKind.PublicKeyword));

    [GeneratedRegex("(Manager|Helper|Utils|Common|Misc)s?(?![a-z])")]
    private static partial Regex NamesNothing();
}
