using System.Runtime.InteropServices;

namespace Handoff.Transport.Engine.Paths;

// What stands at a path, well enough to tell whether it is still the same. Where the system tells no number of a file
// its times stand in for one, and whether it is a socket is not known.
internal readonly partial record struct FileIdentity(ulong Device, ulong Number, bool IsSocket)
{
    private const int WorkingDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint TypeAndNumber = 0x1 | 0x100;
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;

    // Null where nothing stands there.
    public static FileIdentity? Of(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? Asked(path) : ByTimes(path);
        }
        catch (EntryPointNotFoundException)
        {
            return ByTimes(path); // a libc from before statx(2)
        }
    }

    // struct statx is the same on every architecture: statx(2).
    private static unsafe FileIdentity? Asked(string path)
    {
        const int Size = 256, Mode = 28, Inode = 32, Major = 136, Minor = 140;
        var found = stackalloc byte[Size];
        if (AskFile(WorkingDirectory, path, NoFollow, TypeAndNumber, found) != 0) return null;
        var device = ((ulong)*(uint*)(found + Major) << 32) | *(uint*)(found + Minor);
        var isSocket = (*(ushort*)(found + Mode) & TypeMask) == SocketType;
        return new FileIdentity(device, *(ulong*)(found + Inode), isSocket);
    }

    private static FileIdentity? ByTimes(string path)
    {
        if (!File.Exists(path)) return null;
        var made = (ulong)File.GetCreationTimeUtc(path).Ticks;
        return new FileIdentity(made, (ulong)File.GetLastWriteTimeUtc(path).Ticks, IsSocket: false);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int AskFile(int directory, string path, int flags, uint mask, byte* found);
}
