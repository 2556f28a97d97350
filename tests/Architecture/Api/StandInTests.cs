using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Api;

public sealed class StandInTests
{
    private const string Lists = "tests/Architecture/AkkaApi/";

    private static readonly Lazy<ILookup<string, Finding>> Declarations = new(() =>
        (from source in Repository.SourcesUnder("compat/")
         from type in source.All<BaseTypeDeclarationSyntax>()
         select (type.Identifier.Text, source.At(type, ""))).ToLookup(d => d.Item1, d => d.Item2));

    [Fact]
    public void The_stand_ins_are_loaded_from_where_they_are_built()
    {
        Assert.Contains(StandIns.Built, a => a.GetName().Name == "Akka");
        Assert.All(StandIns.Built, a =>
        {
            Assert.NotSame(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(a));
            Assert.StartsWith(Repository.BuildFolder("bin", a.GetName().Name!), a.Location, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_stand_in_has_nothing_that_Akka_has_not()
    {
        var real = Surface.Parse(Repository.Files
            .Where(f => f.StartsWith(Lists, StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(Repository.Absolute(f))));
        Assert.True(real.Count > 500, "Akka's lists are not all there");
        var mine = Surface.Parse(StandIns.Built.SelectMany(a => ApiText.Of(a, ApiStyle.AsListed)));
        mine.StrangersTo(real).Select(AtItsType)
            .MustBeNone($"Look the signature up in {Lists}: what is public in a stand-in must be in the real Akka.");
    }

    [Fact]
    public void Each_public_method_of_a_stand_in_is_named_in_a_test()
    {
        var words = Repository.SourcesUnder("tests/Compat/")
            .SelectMany(s => s.Root.DescendantTokens()).Select(t => t.ValueText).ToHashSet();
        StandIns.Built.SelectMany(a => Untested.In(a.GetExportedTypes(), words))
            .Select(AtItsType)
            .MustBeNone("Write a test in tests/Compat that uses it, or take it out of the stand-in.");
    }

    // "Akka.Actor.Inbox: .ctor()" is told at the declaration of Inbox.
    private static Finding AtItsType(string what)
    {
        var name = what.Split(": ")[0].Split('`', '<')[0].Split('.')[^1];
        return Declarations.Value[name].FirstOrDefault(new Finding("compat", 0, what)) with { What = what };
    }
}
