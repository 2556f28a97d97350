using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

// posix_spawn(3), waitpid(2), kill(2), pidfd_open(2). What posix_ is called returns its error and sets no errno.
internal static unsafe partial class ProcessCalls
{
    public const int NoHang = 1;
    public const int SignalKill = 9;
    public const int SignalTerminate = 15;
    public const int SignalContinue = 18;
    private const int SignalChildEnded = 17;
    public const int ReadAndWrite = 2;
    public const int MayExecute = 1;
    public const int DuplicateFrom = 1030;

    public const short SetProcessGroup = 0x2;
    public const short SetDefaultSignals = 0x4;
    public const short SetSignalMask = 0x8;

    // The structures of posix_spawn are opaque; the largest has 336 bytes with glibc. A sigset_t has 128.
    public const int Opaque = 1024;
    public const int SignalSet = 128;

    // Of struct sigaction, which has 152 bytes with glibc and its handler first.
    private const int SignalAction = 256;
    private const nint Ignore = 1;

    // The same number on every architecture.
    private const nint OpenProcessNumber = 434;

    // addclosefrom_np: glibc 2.34; musl has none.
    public static bool IsSupported { get; } = OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc", typeof(ProcessCalls).Assembly, null, out var library)
        && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addclosefrom_np", out _)
        && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addchdir_np", out _);

    // Then the kernel tells nobody how a child ends, and its number is free at once: sigaction(2).
    public static bool IsChildEndIgnored()
    {
        var action = stackalloc nint[SignalAction / sizeof(nint)];
        return GetSignalAction(SignalChildEnded, null, action) == 0 && *action == Ignore;
    }

    // Whether a process is our child and not reaped: its number, and its group's, cannot be another's as long.
    public static bool IsOurs(int process)
    {
        const int ByNumber = 1, Exited = 4, LeaveIt = 0x1000000;
        return WaitFor(ByNumber, process, null, Exited | NoHang | LeaveIt) == 0;
    }

    public static int OpenProcess(int process) => (int)Call(OpenProcessNumber, process, 0);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    public static partial Errno Spawn(
        int* process, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial Errno BeginActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial Errno EndActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial Errno AddDuplicate(void* actions, int descriptor, int number);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial Errno AddOpen(void* actions, int number, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial Errno AddCloseFrom(void* actions, int number);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static partial Errno AddChangeDirectory(void* actions, byte* path);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial Errno BeginAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial Errno SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    public static partial Errno SetGroup(void* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial Errno SetMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial Errno SetDefaults(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset", SetLastError = true)]
    public static partial int Empty(void* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset", SetLastError = true)]
    public static partial int Fill(void* signals);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int Wait(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitFor(int kind, int process, void* info, int options);

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    private static partial int GetSignalAction(int signal, void* action, void* before);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second);
}
