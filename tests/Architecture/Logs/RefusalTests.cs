using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Logs;

public sealed class RefusalTests
{
    // The first is where they are counted, the second counts once it is out of its lock, and what an anchor of code
    // outside actors answers by itself nobody has refused.
    private static readonly string[] Allowed =
        ["src/Actors/Sockets/Refusals.cs", "src/Actors/Sockets/SpliceSession.cs", "src/Actors/AnchorMail.cs"];

    [Fact]
    public void What_is_refused_is_counted() =>
        Uncounted(Repository.SourcesUnder("src/Actors/").Where(file => !Allowed.Contains(file.Path)))
            .MustBeNone("Refuse by Refusals.Of, which counts it.");

    [Fact]
    public void A_refusal_past_the_count_is_found() => Assert.Single(
        Uncounted([SourceFile.Parse("src/Actors/A.cs", "class A { object M() => new Messages.Refused(c, r); }")]));

    private static IEnumerable<Finding> Uncounted(IEnumerable<SourceFile> files) =>
        from file in files
        from made in file.All<ObjectCreationExpressionSyntax>()
        where made.Type.ToString() is "Refused" or "Messages.Refused"
        select file.At(made, made.ToString());
}
