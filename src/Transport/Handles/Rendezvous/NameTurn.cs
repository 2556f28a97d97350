using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Paths;
using Microsoft.Win32.SafeHandles;

namespace Handoff.Transport.Handles.Rendezvous;

// One giver of all processes at a time: so names are counted and dead ones removed while nobody takes one. It is a
// lock on the directory, which goes with the process that has it.
internal sealed class NameTurn : IDisposable
{
    private readonly SafeFileHandle _directory;

    private NameTurn(SafeFileHandle directory) => _directory = directory;

    // EETIMEDOUT: another has had it all the time; it stands still.
    public static async ValueTask<(NameTurn? Turn, SocketResult Result)> TakeAsync(OwnDirectory names, Turns turns)
    {
        var directory = FileCalls.Open(names.Handle, ".", FileCalls.ReadOnly);
        if (directory.IsInvalid) return (null, FileFailure.Of(Errors.Last, names.Path, "cannot be opened"));
        while (FileCalls.Lock(directory, FileCalls.Exclusive | FileCalls.AtOnce) != 0)
        {
            var failed = Errors.Last is not Errno.TryAgain and var error
                ? FileFailure.Of(error, names.Path, "cannot be locked")
                : Over(await turns.NextAsync().ConfigureAwait(false), names);
            if (failed is null) continue;
            directory.Dispose();
            return (null, failed);
        }

        return (new NameTurn(directory), SocketResult.Success);
    }

    // Not by closing alone: a child that this process has just forked has the descriptor, too, until it executes.
    public void Dispose()
    {
        _ = FileCalls.Lock(_directory, FileCalls.Unlock);
        _directory.Dispose();
    }

    private static SocketResult? Over(ResultCode? code, OwnDirectory names) =>
        code is { } over ? new(over, $"{names.Path}: another process has its turn to give there") : null;
}
