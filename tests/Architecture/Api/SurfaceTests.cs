namespace Handoff.Architecture.Tests.Api;

public sealed class SurfaceTests
{
    private static readonly string[] Real =
    [
        "abstract class Akka.A<T> : Akka.Base<Dictionary<T, int>>, Akka.I, IDisposable",
        "  override void M(string s)",
        "sealed class Akka.S",
        "  .ctor()",
        "class Akka.Base<T> : Akka.Root",
        "  virtual int OfBase()",
        "class Akka.Root",
        "  static bool OfRoot(int x = 1)",
        "interface Akka.I",
        "enum Akka.E",
        "  static Akka.E One = 1",
    ];

    [Theory]
    [InlineData("class Akka.Other", "Akka.Other: there is no such type")]
    [InlineData("class Akka.A", "Akka.A: there is no such type")]
    [InlineData("class Akka.A<T>", "Akka.A`1: is class, and there abstract class")]
    [InlineData("struct Akka.S", "Akka.S: is struct, and there class")]
    [InlineData("class Akka.S : Akka.I", "Akka.S: Akka.I is no base of it there")]
    [InlineData("class Akka.S\n  .ctor(int x)", "Akka.S: .ctor(int x)")]
    [InlineData("class Akka.Root\n  bool OfRoot(int x = 1)", "Akka.Root: bool OfRoot(int x = 1)")]
    [InlineData("class Akka.Root\n  static bool OfRoot(int x = 2)", "Akka.Root: static bool OfRoot(int x = 2)")]
    [InlineData("class Akka.Root\n  virtual int OfBase()", "Akka.Root: int OfBase()")]
    [InlineData("enum Akka.E\n  static Akka.E One = 2", "Akka.E: static Akka.E One = 2")]
    public void What_Akka_has_not_is_a_stranger(string mine, string stranger) =>
        Assert.Equal([stranger], Strangers(mine));

    [Theory]
    [InlineData("abstract class Akka.A<TOther>\n  void M(string s)")]
    [InlineData("abstract class Akka.A<T> : Akka.Base<Dictionary<T, int>>, Akka.I, IComparable")]
    [InlineData("abstract class Akka.A<T>\n  override int OfBase()\n  static bool OfRoot(int x = 1)")]
    [InlineData("class Akka.S\n  .ctor()")]
    [InlineData("sealed class Akka.Root")]
    [InlineData("enum Akka.E\n  static Akka.E One = 1")]
    public void What_Akka_has_or_its_bases_have_is_none(string mine) => Assert.Empty(Strangers(mine));

    [Fact]
    public void A_line_that_is_nothing_is_refused() =>
        Assert.Throws<FormatException>(() => Surface.Parse(["klass Akka.A"]));

    [Fact]
    public void A_method_that_no_test_names_is_found()
    {
        var type = typeof(Samples.Base<>);
        Assert.Equal(["Dispose", "Find", "Read", "op_Addition"], Missing(type, []).Order(StringComparer.Ordinal));
        Assert.Equal(["Find"], Missing(type, ["Dispose", "Read", "+"]));
        Assert.Equal([".ctor"], Missing(typeof(Samples.Point), ["op_Equality", "Deconstruct"]));
        Assert.Empty(Missing(typeof(Samples.Point), ["Point"]));
        Assert.Empty(Missing(typeof(Samples.Told), []));
    }

    private static IEnumerable<string> Strangers(string mine) =>
        Surface.Parse(mine.Split('\n')).StrangersTo(Surface.Parse(Real));

    private static IEnumerable<string> Missing(Type type, HashSet<string> words) =>
        Untested.In([type], words).Select(m => m.Split(": ")[1]);
}
