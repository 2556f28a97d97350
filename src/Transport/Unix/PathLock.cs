using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Processor = System.Runtime.InteropServices.Architecture;

namespace Handoff.Transport.Unix;

// A lock on a file beside a path, of whoever looks there for a stale file and then listens: two would take each
// other's socket, bound and not listening yet, for one of a dead process. It goes with the process that has it; the
// file stays, because a lock on a file that was removed keeps nobody out.
internal sealed partial class PathLock : IDisposable
{
    private const int ReadOnly = 0x0, Create = 0x40, CloseOnExec = 0x80000, NonBlocking = 0x800;
    private const uint OwnerOnly = 0x180; // 0600: whoever can open it can hold it
    private const int Exclusive = 0x2, AtOnce = 0x4;
    private const int WouldBlock = 11;

    // O_NOFOLLOW is one of the flags that differ between architectures (asm/fcntl.h).
    public static readonly int NoFollow = RuntimeInformation.ProcessArchitecture
        is Processor.Arm64 or Processor.Arm or Processor.Armv6 or Processor.Ppc64le ? 0x8000 : 0x20000;

    private readonly SafeFileHandle _file;

    private PathLock(SafeFileHandle file) => _file = file;

    // Null where another has it, and where there cannot be one. Anybody who may write to the folder may have put
    // something there: a link is not followed, and a pipe is not waited for.
    public static PathLock? TryTake(string path, out bool isTaken)
    {
        isTaken = false;
        var opened = Open($"{path}.lock", ReadOnly | Create | CloseOnExec | NonBlocking | NoFollow, OwnerOnly);
        var file = new SafeFileHandle(opened, ownsHandle: true);
        if (!file.IsInvalid && Lock(file, Exclusive | AtOnce) == 0) return new PathLock(file);
        isTaken = !file.IsInvalid && Marshal.GetLastPInvokeError() == WouldBlock;
        file.Dispose();
        return null;
    }

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
