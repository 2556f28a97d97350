using Handoff.Architecture.Tests.Pages;

namespace Handoff.Architecture.Tests.Logs;

public sealed class LogCallsTests
{
    private const string PagePath = "docs/telemetry.md";

    private static readonly IReadOnlyList<LogCall> Calls =
        [.. Repository.SourcesUnder("src/").SelectMany(LogCall.In)];

    private static Page Page => Page.Parse(PagePath, Repository.Read(PagePath));

    [Fact]
    public void What_is_logged_has_a_constant_template_and_its_arguments_apart() =>
        LogCalls.Unstructured(Calls).MustBeNone("Say a constant with {0}, {1}, ..., and the values after it.");

    [Fact]
    public void Each_message_of_the_log_has_a_row_on_the_page_of_telemetry() =>
        LogCalls.Untold(Page, Calls).MustBeNone($"Add the row to {PagePath}.");

    [Fact]
    public void Each_row_on_the_page_of_telemetry_is_a_message_of_the_log() =>
        LogCalls.Outdated(Page, Calls).MustBeNone($"Take the row out of {PagePath}.");

    [Fact]
    public void Calls_are_found_with_and_without_a_cause_and_on_every_kind_of_log()
    {
        var calls = CallsOf("""
            class A
            {
                void M(Exception gone, ILoggingAdapter log, ActorSystem system)
                {
                    _log.Info("one {0}", 1);
                    log.Error(gone, "two {0} " + "{1}", 1, 2);
                    system.Log.Warning("three");
                    Logging.GetLogger(system, typeof(A)).Debug("four");
                    other.Info("not a log");
                }
            }
            """);
        Assert.Equal(
            [
                "| info | `one {0}` | `A` |", "| error | `two {0} {1}` | `A` |", "| warning | `three` | `A` |",
                "| debug | `four` | `A` |",
            ],
            calls.Select(call => call.Row));
        Assert.Empty(LogCalls.Unstructured(calls));
    }

    [Theory]
    [InlineData("_log.Info($\"one {x}\");", "no constant")]
    [InlineData("_log.Error(gone, $\"one {x}\");", "no constant")]
    [InlineData("_log.Info(text);", "no constant")]
    [InlineData("_log.Info(\"one {0}\");", "0 arguments for 1 holes")]
    [InlineData("_log.Info(\"one\", 1);", "1 arguments for 0 holes")]
    [InlineData("_log.Info(\"one {Name}\", 1);", "1 arguments for 0 holes")]
    [InlineData("_log.Info(\"{0}\", text);", "says nothing")]
    public void What_is_put_together_on_the_spot_is_found(string statement, string why)
    {
        var found = LogCalls.Unstructured(CallsOf($$"""class A { void M() { {{statement}} } }"""));
        Assert.Contains(why, Assert.Single(found).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_too_many_and_a_row_too_few_are_found()
    {
        var calls = CallsOf("""class A { void M() { _log.Info("one"); _log.Info("two"); } }""");
        var page = Page.Parse("page.md", "| info | `one` | `A` |\n| debug | `two` | `A` |\n");
        Assert.Contains("`two`", Assert.Single(LogCalls.Untold(page, calls)).What, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(LogCalls.Outdated(page, calls)).Line);
    }

    private static List<LogCall> CallsOf(string text) => [.. LogCall.In(SourceFile.Parse("src/A.cs", text))];
}
