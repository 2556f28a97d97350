using System.Runtime.InteropServices;

namespace Handoff.Transport.Tests.Handles.Rendezvous;

/// <summary>A folder of the test's own, and what may stand in it.</summary>
internal sealed partial class Folder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("handoff");

    public string Root => _root.FullName;

    public string this[string name] => Path.Combine(Root, name);

    public void MakePipe(string name) => Assert.Equal(0, MakePipe(this[name], 0x180));

    public void GiveAway(string name) => Assert.Equal(0, ChangeOwner(this[name], 4242, 4242));

    public void Dispose() => _root.Delete(recursive: true);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
