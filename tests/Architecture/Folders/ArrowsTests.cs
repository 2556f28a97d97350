namespace Handoff.Architecture.Tests.Folders;

public sealed class ArrowsTests
{
    [Theory]
    [InlineData("class U { N.B.Tool? t; }")]
    [InlineData("using N.B; class U { Tool? t; }")]
    [InlineData("using T = N.B.Tool; class U { T? t; }")]
    [InlineData("using static N.B.Tool; class U { int x = Count; }")]
    [InlineData("class U { System.Collections.Generic.List<N.B.Tool> t = []; }")]
    [InlineData("class U { object M() => typeof(N.B.Tool); }")]
    [InlineData("class U : N.B.Tool { }")]
    [InlineData("[N.B.Mark] class U { }")]
    [InlineData("using N.B; class U { int M(int x) => x.Twice(); }")]
    [InlineData("class U { int M(N.C.Holder h) => h.Held.Use(); }")]
    [InlineData("class U { int M(N.C.Holder h) => h.Held[0]; }")]
    [InlineData("class U { void M(N.C.Holder h) => h.Take(new()); }")]
    public void Each_way_to_use_another_file_is_seen(string user) =>
        Assert.Contains(Find(user), a => a is { From: "A/User.cs", To: "B/Tool.cs", Line: 1 });

    [Theory]
    [InlineData("/** <see cref=\"N.B.Tool\"/> */ class U { }")]
    [InlineData("class U { string s = \"N.B.Tool\"; }")]
    [InlineData("using N.B; class U { string Tool = \"\"; string M() => Tool; }")]
    public void A_mention_is_no_use(string user) =>
        Assert.DoesNotContain(Find(user), a => a.From == "A/User.cs");

    [Fact]
    public void A_name_that_does_not_resolve_is_an_error()
    {
        Assert.NotEmpty(Project("class U { Unheard? t; }").Errors());
        Assert.Empty(Project("class U { }").Errors());
    }

    [Theory]
    [InlineData("void M() => N.D.Work.Start();")]
    [InlineData("void M() { N.D.Work.Start(); }")]
    [InlineData("void M() { _ = N.D.Work.Count(); }")]
    public void A_dropped_task_is_found_by_its_type(string member) =>
        Assert.Single(DiscardedTasks.In(Project($"class U {{ {member} }}")));

    [Theory]
    [InlineData("System.Threading.Tasks.Task M() => N.D.Work.Start();")]
    [InlineData("void M() { N.D.Work.Start().PipeTo(this); }")]
    [InlineData("void M() { System.Console.WriteLine(); }")]
    public void A_task_that_somebody_has_is_not(string member) =>
        Assert.Empty(DiscardedTasks.In(Project($"class U {{ {member} }}")));

    private static IReadOnlyList<Arrow> Find(string user) => Arrows.In(Project(user));

    private static ProjectCode Project(string user)
    {
        var others = new[]
        {
            ("B/Tool.cs", """
                namespace N.B;
                class Tool { public const int Count = 1; public int Use() => 1; public int this[int i] => i; }
                class MarkAttribute : System.Attribute;
                static class Extensions { public static int Twice(this int x) => 2 * x; }
                """),
            ("C/Holder.cs", """
                namespace N.C;
                class Holder { public N.B.Tool Held = new(); public void Take(N.B.Tool t) { } }
                """),
            ("D/Work.cs", """
                namespace N.D;
                using System.Threading.Tasks;
                static class Work
                {
                    public static Task Start() => Task.CompletedTask;
                    public static ValueTask<int> Count() => default;
                    public static Task PipeTo(this Task task, object target) => task;
                }
                """),
        };
        var trees = others.Append(("A/User.cs", user)).Select(f => SourceFile.Parse("src/P/" + f.Item1, f.Item2).Tree);
        var usings = SourceFile.Parse("generated usings", "global using N.D;").Tree;
        return ProjectCode.Compile("src/P", "P", trees.Append(usings));
    }
}
