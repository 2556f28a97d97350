using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Tests.Engine.Paths;

public sealed class FileIdentityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("handoff-").FullName;

    private string Place => Path.Combine(_folder, "file");

    [Fact]
    public void A_file_is_itself_and_nothing_is_nothing()
    {
        Assert.Null(FileIdentity.Of(Place));
        File.WriteAllText(Place, "");
        var found = FileIdentity.Of(Place);
        Assert.NotNull(found);
        Assert.False(found.Value.IsSocket);
        Assert.Equal(found, FileIdentity.Of(Place));
        File.AppendAllText(Place, "more");
        if (OperatingSystem.IsLinux()) Assert.Equal(found, FileIdentity.Of(Place));
    }

    [Fact]
    public void A_link_to_it_is_another()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllText(Place, "");
        File.CreateSymbolicLink(Place + "link", Place);
        Assert.NotEqual(FileIdentity.Of(Place), FileIdentity.Of(Place + "link"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
