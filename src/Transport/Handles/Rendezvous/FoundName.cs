using Handoff.Transport.Engine.Linux;
using Microsoft.Win32.SafeHandles;

namespace Handoff.Transport.Handles.Rendezvous;

// A name's file as it was read, held open: whether its giver lives is asked of that file, whatever has its path now.
internal sealed class FoundName(SafeFileHandle file, NameRecord record) : IDisposable
{
    public NameRecord Record => record;

    // By a lock that goes with none but its giver's. It harms no giver, not even for the moment that it is held: who
    // gives locks a file that has nothing in it yet, which nobody asks about.
    public bool IsHeld()
    {
        if (FileCalls.Lock(file, FileCalls.Shared | FileCalls.AtOnce) != 0) return Errors.Last is Errno.TryAgain;
        _ = FileCalls.Lock(file, FileCalls.Unlock);
        return false;
    }

    public void Dispose() => file.Dispose();
}
