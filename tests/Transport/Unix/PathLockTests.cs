using System.Runtime.InteropServices;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Unix;

namespace Handoff.Transport.Tests.Unix;

public sealed partial class PathLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handoff");

    private string Place => Path.Combine(_folder.FullName, "place");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Only_its_own_user_can_hold_it()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var held = PathLock.TryTake(Place, out _);
        Assert.NotNull(held);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode($"{Place}.lock"));
    }

    [Fact]
    public void A_link_in_its_place_is_not_followed()
    {
        if (!OperatingSystem.IsLinux()) return;
        var elsewhere = Path.Combine(_folder.FullName, "elsewhere");
        File.CreateSymbolicLink($"{Place}.lock", elsewhere);
        Assert.Null(PathLock.TryTake(Place, out var isTaken));
        Assert.False(isTaken);
        Assert.False(File.Exists(elsewhere));
    }

    [Fact]
    public async Task A_pipe_in_its_place_is_not_waited_for()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.Equal(0, MakePipe($"{Place}.lock", 0x1B6));
        await Task.Run(() => PathLock.TryTake(Place, out _)?.Dispose()).WaitAsync(Loopback.Bound);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
