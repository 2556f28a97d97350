using System.Runtime.InteropServices;

namespace Handoff.Transport.Engine.Paths;

// What stands at a path, well enough to tell whether it is still the same. Where the system tells no number of a file
// its times stand in for one, and whether it is a socket is not known.
internal readonly partial record struct FileIdentity(ulong Device, ulong Number, bool IsSocket)
{
    private const int WorkingDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint TypeNumberAndChange = 0x1 | 0x100 | 0x80;
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;

    // Null where nothing stands there.
    public static FileIdentity? Of(string path) => Of(path, out _);

    // Changed is when it was last made, linked or renamed, or its mode was changed, in nanoseconds; zero where that is
    // not known. A number is used again as soon as its file is gone: what has the same one may be another file by now.
    public static FileIdentity? Of(string path, out long changed)
    {
        changed = 0;
        try
        {
            return OperatingSystem.IsLinux() ? Asked(path, out changed) : ByTimes(path);
        }
        catch (EntryPointNotFoundException)
        {
            return ByTimes(path); // a libc from before statx(2)
        }
    }

    // struct statx is the same on every architecture: statx(2).
    private static unsafe FileIdentity? Asked(string path, out long changed)
    {
        const int Size = 256, Mode = 28, Inode = 32, Seconds = 96, Nanoseconds = 104, Major = 136, Minor = 140;
        changed = 0;
        var found = stackalloc byte[Size];
        if (AskFile(WorkingDirectory, path, NoFollow, TypeNumberAndChange, found) != 0) return null;
        changed = (*(long*)(found + Seconds) * 1_000_000_000) + *(uint*)(found + Nanoseconds);
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
