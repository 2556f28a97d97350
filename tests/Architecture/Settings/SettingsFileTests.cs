using Handoff.Architecture.Tests.Folders;

namespace Handoff.Architecture.Tests.Settings;

public sealed class SettingsFileTests
{
    private const string Sample = """
        # Everything
        handoff {
          # How long an offer stands.
          offer.timeout = 5s

          owner {
            max-reattach = 3
            # Who may.
            names : [
              "a = b",
              "c"
            ]
            // Said twice.
            text = "x # y { " # = {
          }
          empty { }
        }
        """;

    [Fact]
    public void Every_key_is_read_with_its_path_and_line() =>
        Assert.Equal(
            [
                "2 handoff", "4 handoff.offer.timeout", "6 handoff.owner", "7 handoff.owner.max-reattach",
                "9 handoff.owner.names", "14 handoff.owner.text", "16 handoff.empty",
            ],
            Parse(Sample).Select(s => $"{s.Line} {s.Path}"));

    [Fact]
    public void A_key_without_a_comment_directly_above_is_found()
    {
        var found = SettingsFile.WithoutComment("a.conf", Parse(Sample));
        Assert.Equal("a.conf:7: handoff.owner.max-reattach has no comment above it", Assert.Single(found).ToString());
        Assert.Single(SettingsFile.WithoutComment("a.conf", Parse("# why\n\na = 1")));
        Assert.Single(SettingsFile.WithoutComment("a.conf", Parse("# why\na = 1\nb = 2")));
    }

    [Theory]
    [InlineData("a = 1, b = 2 {")]
    [InlineData("a { b = 1 }")]
    [InlineData("a {")]
    [InlineData("}")]
    [InlineData("include \"other\"")]
    [InlineData("a =")]
    [InlineData("a = [\n1\n")]
    [InlineData("a = { b = 1 }")]
    public void What_cannot_be_read_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Parse(text));

    [Theory]
    [InlineData("config.GetInt(\"handoff.owner.max-reattach\")", 0)]
    [InlineData("config.GetInt(\"owner.max-reattach\")", 0)]
    [InlineData("config.GetInt(\"max-reattach\")", 0)]
    [InlineData("config.GetInt(\"reattach\") /* max-reattach */", 1)]
    [InlineData("config.GetInt(max_reattach)", 1)]
    public void A_key_that_no_string_names_is_found(string code, int findings) =>
        Assert.Equal(findings,
            SettingUse.Unread("a.conf", Parse("handoff {\nowner {\nmax-reattach = 1\n}\n}"), [Code(code)]).Count());

    [Theory]
    [InlineData("config.GetInt(\"handoff.unheard\")", 1)]
    [InlineData("const string Key = \"handoff.owner.unheard-of\"", 1)]
    [InlineData("config.GetInt(\"handoff.known\")", 0)]
    [InlineData("config.GetInt(\"handoff\")", 0)]
    [InlineData("Log(\"handoff.something is wrong\")", 0)]
    [InlineData("Load(\"handoff.conf\")", 0)]
    [InlineData("meter.CreateCounter<long>(\"handoff.offers\", \"{offer}\")", 0)]
    [InlineData("new Meter(\"handoff.offers\")", 0)]
    [InlineData("span.SetTag(\"handoff.epoch\", 1)", 0)]
    public void A_path_that_no_file_has_is_found(string code, int findings) =>
        Assert.Equal(findings,
            SettingUse.Unwritten("handoff", Parse("handoff {\nknown = 1\n}"), [Code(code)]).Count());

    [Theory]
    [InlineData("GetInt(\"unheard\")", 1)]
    [InlineData("GetInt(\"known\")", 0)]
    [InlineData("GetInt(\"handoff.known\")", 0)]
    [InlineData("GetInt(\"akka.loglevel\")", 0)]
    [InlineData("ToString(\"unheard\")", 0)]
    public void A_read_of_a_key_that_no_file_has_is_found(string call, int findings)
    {
        var config = SourceFile.Parse("src/P/C.cs",
            "namespace Akka.Configuration; class Config { public int GetInt(string path, int value = 0) => value; }");
        var user = SourceFile.Parse("src/P/U.cs", $$"""
            class U
            {
                string ToString(string s) => s;
                void M(Akka.Configuration.Config c) { {{(call[0] == 'G' ? "c." : "")}}{{call}}; }
            }
            """);
        var project = ProjectCode.Compile("src/P", "P", [config.Tree, user.Tree]);
        Assert.Equal(findings,
            SettingUse.UnknownReads(Parse("handoff {\nknown = 1\n}"), project).Count());
    }

    private static IReadOnlyList<Setting> Parse(string text) => SettingsFile.Parse("a.conf", text);

    private static SourceFile Code(string code) =>
        SourceFile.Parse("src/A.cs", $"class A {{ void M() {{ {code}; }} }}");
}
