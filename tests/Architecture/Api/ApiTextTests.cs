namespace Handoff.Architecture.Tests.Api;

public sealed class ApiTextTests
{
    private const string S = "Handoff.Architecture.Tests.Api.Samples.";

    [Fact]
    public void A_class_is_told_with_all_that_a_caller_sees() =>
        Assert.Equal(
            [
                $"abstract class {S}Base<T> : {S}IPart, IDisposable",
                "  TKey? Find<TKey>()",
                "  abstract Task<List<string?>> Read(string? name, in int size, out T value, params int[] more)",
                $"  event {S}Told Changed",
                "  int Size { get; }",
                "  protected .ctor(bool strict = False, string name = \"a\", TimeSpan? wait = default)",
                "  protected int Item[int] { set; }",
                $"  static {S}Base<T> op_Addition({S}Base<T> a, T b)",
                "  static const string Key = \"k\"",
                "  virtual void Dispose()",
            ],
            Exact(typeof(Samples.Base<>)));

    [Fact]
    public void What_the_compiler_adds_to_a_record_is_left_out() =>
        Assert.Equal(
            [$"sealed record {S}Point", "  .ctor(int X)", "  int X { get; init; }"],
            Exact(typeof(Samples.Point)));

    [Fact]
    public void In_Akkas_lists_everything_stands()
    {
        var lines = ApiText.Of([typeof(Samples.Point)], ApiStyle.AsListed);
        Assert.Equal($"sealed class {S}Point : IEquatable<{S}Point>", lines[0]);
        Assert.Contains("  override bool Equals(object obj)", lines);
        Assert.Contains("  int X { get; set; }", lines);
    }

    [Fact]
    public void Interfaces_that_a_base_brings_are_its_own_affair()
    {
        Assert.Equal($"sealed class {S}Derived : {S}Base<int>", Exact(typeof(Samples.Derived))[0]);
        Assert.Equal($"sealed class {S}Derived : {S}Base<int>, {S}IPart, IDisposable",
            ApiText.Of([typeof(Samples.Derived)], ApiStyle.AsListed)[0]);
    }

    [Fact]
    public void Enums_delegates_structs_and_interfaces_are_told_by_what_matters() =>
        Assert.Equal(
            [
                $"readonly record struct {S}Half",
                "  .ctor(int A)",
                "  int A { get; init; }",
                $"interface {S}IPart",
                "  int Size { get; }",
                $"enum {S}Level",
                "  High = 7",
                "  Low = -1",
                $"readonly struct {S}Pair",
                "  int A { get; init; }",
                $"sealed delegate {S}Told",
                "  virtual void Invoke(string what)",
            ],
            Exact(typeof(Samples.Told), typeof(Samples.Level), typeof(Samples.IPart), typeof(Samples.Pair),
                typeof(Samples.Half)));

    [Fact]
    public void An_extension_says_this() =>
        Assert.Equal(
            [$"static class {S[..^1]}", "  static int Twice(this int x)"], Exact(typeof(Samples)));

    private static IReadOnlyList<string> Exact(params Type[] types) => ApiText.Of(types, ApiStyle.Exact);
}
