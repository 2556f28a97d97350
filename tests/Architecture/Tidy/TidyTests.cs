using Microsoft.CodeAnalysis;

namespace Handoff.Architecture.Tests.Tidy;

public sealed class TidyTests
{
    // Files under tests that may wait by the clock, each with its reason. Empty, and meant to stay so.
    private static readonly string[] MayWaitByTheClock = [];

    [Fact]
    public void The_checks_see_the_code()
    {
        Assert.Contains(Repository.Sources, s => s.Path == "tests/Architecture/Tidy/TidyTests.cs");
        foreach (var folder in new[] { "src/Transport/", "src/Gateway/", "tests/Architecture/" })
            Assert.NotEmpty(Repository.SourcesUnder(folder));
    }

    [Fact]
    public void Every_file_can_be_parsed() =>
        Repository.Sources
            .SelectMany(s => s.Tree.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)
                .Select(d => s.At(d.Location.SourceSpan.Start, d.GetMessage(null))))
            .MustBeNone("Cannot be parsed here. If the build takes it, raise Microsoft.CodeAnalysis.CSharp.");

    [Fact]
    public void A_file_has_fewer_than_300_lines() =>
        Everywhere(Sizes.LongFiles, "Split the file by what it does: 299 lines at most.");

    [Fact]
    public void A_method_has_fewer_than_60_lines() =>
        Everywhere(Sizes.LongMethods, "Split the method by what it does: 59 lines at most.");

    [Fact]
    public void A_line_has_fewer_than_120_characters() =>
        Everywhere(Sizes.LongLines, "Break the line: 119 characters at most.");

    [Fact]
    public void A_file_has_one_public_type_or_one_closed_family_of_records() =>
        Everywhere(Types.ManyInOneFile, "Give each public type a file, or make the family one abstract record "
            + "(or interface) with sealed records that derive from it.");

    [Fact]
    public void A_type_is_named_for_what_it_is() =>
        Everywhere(Types.EmptyNames, "Name the type for what it is, not Manager, Helper, Utils, Common or Misc.");

    [Fact]
    public void A_class_of_tests_is_disposed_of_in_a_way_that_its_runner_knows() =>
        Repository.SourcesUnder("tests/", "examples/").SelectMany(Types.TestsWithoutEnd)
            .MustBeNone("The runner calls IDisposable.Dispose and IAsyncLifetime.DisposeAsync, and nothing else.");

    [Fact]
    public void Nothing_is_async_void() =>
        Everywhere(Tasks.AsyncVoid, "Return Task: nobody sees what an async void throws.");

    [Fact]
    public void No_task_is_dropped() =>
        Everywhere(Tasks.Discarded, "Await the task, pipe it to Self, or keep it in a field that the stop awaits.");

    [Fact]
    public void Nothing_in_src_or_tests_waits_by_the_clock() =>
        Repository.SourcesUnder("src/", "tests/").Where(s => !MayWaitByTheClock.Contains(s.Path))
            .SelectMany(Tasks.Sleeps)
            .MustBeNone("Wait for what must happen (a signal, a message, a TimeProvider's timer), not for time.");

    [Fact]
    public void No_file_begins_with_a_comment() =>
        Everywhere(Directives.Headers, "Delete the header, or put the comment at the thing it explains.");

    [Fact]
    public void There_is_no_conditional_compilation() =>
        Repository.SourcesUnder("src/", "tests/", "examples/", "compat/").SelectMany(Directives.Conditional)
            .MustBeNone("One text is compiled everywhere: decide at run time, or by a project.");

    [Fact]
    public void A_suppressed_warning_has_a_reason() =>
        Everywhere(Directives.SuppressedWithoutReason,
            "Say why on the same line: `#pragma warning disable X // why`, or Justification = \"why\".");

    private static void Everywhere(Func<SourceFile, IEnumerable<Finding>> rule, string whatToDo) =>
        Repository.Sources.SelectMany(rule).MustBeNone(whatToDo);
}
