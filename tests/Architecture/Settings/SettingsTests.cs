using Handoff.Architecture.Tests.Folders;

namespace Handoff.Architecture.Tests.Settings;

public sealed class SettingsTests
{
    private const string Reference = "hocon/reference.conf";
    private const string Gateway = "hocon/gateway.conf";

    [Theory]
    [InlineData(Reference, "handoff")]
    [InlineData(Gateway, "gateway")]
    public void Every_setting_says_why(string path, string root)
    {
        var settings = Load(path);
        Assert.Contains(settings, s => s.Path == root);
        SettingsFile.WithoutComment(path, settings)
            .MustBeNone("Put one line above the key: what it bounds or decides, and why this default.");
    }

    [Theory]
    [InlineData(Reference, "handoff")]
    [InlineData(Gateway, "gateway", "defaults", "services")]
    public void Every_setting_lies_under_a_root_of_ours(string path, params string[] roots) =>
        Load(path).Where(s => !roots.Contains(s.Path.Split('.')[0]))
            .Select(s => new Finding(path, s.Line, s.Path))
            .MustBeNone($"Move it into {string.Join(" or ", roots)}: what is Akka's is set in code or by the user.");

    [Theory]
    [InlineData(Reference, "src/Actors/", "src/Streams/", "src/Hosting/", "src/AspNetCore/")]
    [InlineData(Gateway, "src/Gateway/")]
    public void Every_setting_is_read(string path, params string[] folders) =>
        SettingUse.Unread(path, Load(path), Repository.SourcesUnder(folders))
            .MustBeNone($"Read it in {string.Join(" or ", folders)}, or delete it.");

    [Fact]
    public void Every_path_in_the_code_stands_in_the_file()
    {
        const string whatToDo = "Write the key into the conf file, with its default and a line of why.";
        var sources = Repository.SourcesUnder("src/Actors/", "src/Streams/", "src/Hosting/", "src/AspNetCore/");
        SettingUse.Unwritten("handoff", Load(Reference), sources)
            .Concat(SettingUse.Unwritten("gateway", Load(Gateway), Repository.SourcesUnder("src/Gateway/")))
            .MustBeNone(whatToDo);
        SettingUse.UnknownReads(Load(Reference), ProjectCode.Of("src/Actors", "Handoff"))
            .Concat(SettingUse.UnknownReads(Load(Reference), ProjectCode.Of("src/Streams", "Handoff.Streams")))
            .Concat(SettingUse.UnknownReads(Load(Reference), ProjectCode.Of("src/Hosting", "Handoff.Hosting")))
            .Concat(SettingUse.UnknownReads(
                Load(Reference), ProjectCode.Of("src/AspNetCore", "Handoff.AspNetCore")))
            .MustBeNone(whatToDo);
    }

    private static IReadOnlyList<Setting> Load(string path) => SettingsFile.Parse(path, Repository.Read(path));
}
