namespace Handoff.Architecture.Tests.Tidy;

public sealed class TypesTests
{
    [Theory]
    [InlineData("class A : IAsyncDisposable { [Fact] public void M() { } }", 1)]
    [InlineData("class A : B, System.IAsyncDisposable { [LinuxTheory] public void M() { } }", 1)]
    [InlineData("class A : IAsyncDisposable, IAsyncLifetime { [Fact] public void M() { } }", 0)]
    [InlineData("class A : IDisposable { [Fact] public void M() { } }", 0)]
    [InlineData("class A : IAsyncDisposable { public void M() { } }", 0)]
    public void Tests_that_the_runner_does_not_dispose_of_are_found(string text, int findings) =>
        Assert.Equal(findings, Types.TestsWithoutEnd(Parse(text)).Count());

    [Theory]
    [InlineData("public class A { } public class B { }")]
    [InlineData("namespace N; public class A { } public enum B { }")]
    [InlineData("namespace N { public class A { } public delegate void B(); }")]
    [InlineData("public abstract record A; public record B : A;")]
    [InlineData("public abstract record A; public sealed record B;")]
    [InlineData("public abstract record A; public sealed record B : A; public enum C { }")]
    [InlineData("public abstract record A; public sealed class B : A { }")]
    [InlineData("public record A; public sealed record B : A;")]
    [InlineData("public interface A { } public sealed class B : A { }")]
    [InlineData("public abstract record A; public abstract record B; public sealed record C : A;")]
    public void A_second_public_type_is_one_too_many(string text) =>
        Assert.Single(Types.ManyInOneFile(Parse(text)));

    [Theory]
    [InlineData("public class A { public class B { } } class C { } file class D { }")]
    [InlineData("public class A { } public class A<T> { }")]
    [InlineData("public partial class A { } public partial class A { }")]
    [InlineData("public abstract record A; public sealed record B(int X) : A; public sealed record C : A;")]
    [InlineData("public abstract record A(int X); public sealed record B(int X) : A(X);")]
    [InlineData("public interface A { } public sealed record B : N.A; public readonly record struct C : A;")]
    [InlineData("public abstract record A; public abstract record B : A; public sealed record C : B;")]
    public void A_closed_family_of_records_is_one(string text) =>
        Assert.Empty(Types.ManyInOneFile(Parse(text)));

    [Theory]
    [InlineData("class SocketManager { }")]
    [InlineData("class HelperOfAll { }")]
    [InlineData("static class PipeUtils { }")]
    [InlineData("enum CommonThings { }")]
    [InlineData("class A { struct Misc { } }")]
    [InlineData("delegate void PipeHelpers();")]
    public void A_name_that_says_nothing_is_found(string text) =>
        Assert.Single(Types.EmptyNames(Parse(text)));

    [Theory]
    [InlineData("class Commoner { }")]
    [InlineData("class Miscount { }")]
    [InlineData("class A { void Helper() { } }")]
    public void A_name_that_only_begins_so_is_not(string text) =>
        Assert.Empty(Types.EmptyNames(Parse(text)));

    [Fact]
    public void In_a_stand_in_only_Akkas_own_public_names_are_let_be()
    {
        const string text = "namespace N; public class AManager { class BManager { } } class CManager { }";
        var found = Types.EmptyNames(SourceFile.Parse("compat/Akka/A.cs", text)).Select(f => f.What);
        Assert.Equal(["BManager", "CManager"], found);
    }

    private static SourceFile Parse(string text) => SourceFile.Parse("src/A.cs", text);
}
