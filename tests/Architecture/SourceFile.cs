using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Handoff.Architecture.Tests;

internal sealed class SourceFile
{
    // Preview, because the compiler of the SDK may be newer than the one that is referenced here.
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private SourceFile(SyntaxTree tree)
    {
        Tree = tree;
        Text = tree.GetText();
        Root = (CompilationUnitSyntax)tree.GetRoot();
    }

    public string Path => Tree.FilePath;

    public SyntaxTree Tree { get; }

    public SourceText Text { get; }

    public CompilationUnitSyntax Root { get; }

    public static SourceFile Parse(string path, string text) =>
        Of(CSharpSyntaxTree.ParseText(SourceText.From(text), ParseOptions, path));

    public static SourceFile Of(SyntaxTree tree) => new(tree);

    public IEnumerable<T> All<T>()
        where T : SyntaxNode => Root.DescendantNodes(descendIntoTrivia: false).OfType<T>();

    public Finding At(SyntaxNode node, string what) => At(node.SpanStart, what);

    public Finding At(int position, string what) => new(Path, LineOf(position), what);

    public int LineOf(int position) => Text.Lines.GetLineFromPosition(position).LineNumber + 1;

    public string LineTextAt(int position) => Text.Lines.GetLineFromPosition(position).ToString();
}
