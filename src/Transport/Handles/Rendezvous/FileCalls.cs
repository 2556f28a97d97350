using System.Runtime.InteropServices;
using Handoff.Transport.Unix;
using Microsoft.Win32.SafeHandles;

namespace Handoff.Transport.Handles.Rendezvous;

// Files by the directory that they stand in, which is open: openat(2). No call follows a link in the last component.
internal static unsafe partial class FileCalls
{
    public const int ReadOnly = 0x0, ReadWrite = 0x2, Create = 0x40, OnlyNew = 0x80, NonBlocking = 0x800;
    public const int PathOnly = 0x200000;
    public const uint OwnerOnlyFile = 0x180, OwnerOnlyDirectory = 0x1C0; // 0600, 0700
    public const int Shared = 0x1, Exclusive = 0x2, AtOnce = 0x4, Unlock = 0x8;

    private const int CloseOnExec = 0x80000;
    private const int NoFollow = 0x100, EmptyPath = 0x1000;
    private const uint TypeModeLinksOwnerAndNumber = 0x1 | 0x2 | 0x4 | 0x8 | 0x100;

    // AT_FDCWD: paths that are not absolute begin in the working directory.
    public static SafeFileHandle WorkingDirectory { get; } = new(-100, ownsHandle: false);

    // The caller's; invalid where it failed (errno).
    public static SafeFileHandle Open(SafeFileHandle directory, string name, int flags) => new(
        OpenAt(directory, name, flags | CloseOnExec | PathLock.NoFollow, OwnerOnlyFile), ownsHandle: true);

    public static bool TryMakeDirectory(SafeFileHandle directory, string name) =>
        MakeDirectoryAt(directory, name, OwnerOnlyDirectory) == 0;

    public static bool TryRemove(SafeFileHandle directory, string name) => UnlinkAt(directory, name, 0) == 0;

    // Of the open file, or of what stands in the directory; null where nothing does.
    public static FileFacts? FactsOf(SafeFileHandle file) => Facts(file, "", EmptyPath);

    public static FileFacts? FactsOf(SafeFileHandle directory, string name) => Facts(directory, name, NoFollow);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    // struct statx is the same on every architecture: statx(2).
    private static FileFacts? Facts(SafeFileHandle directory, string name, int flags)
    {
        const int Size = 256, Links = 16, Owner = 20, Mode = 28, Inode = 32, Major = 136, Minor = 140;
        var found = stackalloc byte[Size];
        if (AskAt(directory, name, flags, TypeModeLinksOwnerAndNumber, found) != 0) return null;
        var device = ((ulong)*(uint*)(found + Major) << 32) | *(uint*)(found + Minor);
        return new FileFacts(
            device,
            *(ulong*)(found + Inode),
            *(uint*)(found + Owner),
            *(ushort*)(found + Mode),
            (int)*(uint*)(found + Links));
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(SafeFileHandle directory, string name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeDirectoryAt(SafeFileHandle directory, string name, uint mode);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAt(SafeFileHandle directory, string name, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AskAt(SafeFileHandle directory, string name, int flags, uint mask, byte* found);
}
