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

    [Fact]
    public void A_file_that_has_the_number_of_another_has_changed_since()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllText(Place, "");
        var found = FileIdentity.Of(Place, out var changed);
        Assert.True(changed > 0);
        Assert.Equal(found, FileIdentity.Of(Place, out var again));
        Assert.Equal(changed, again);
        File.Move(Place, Place + "2");
        File.Move(Place + "2", Place); // the same number, and made known here later
        Assert.Equal(found, FileIdentity.Of(Place, out var later));
        Assert.NotEqual(changed, later);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
