using Handoff.Transport.Engine.Linux;
using Microsoft.Win32.SafeHandles;

namespace Handoff.Transport.Handles.Rendezvous;

// A directory of our user that nobody else may use (0700), held open: what was checked is what is used from then on,
// whatever stands at its path later.
internal sealed class OwnDirectory : IDisposable
{
    private const int OwnerOnly = (int)FileCalls.OwnerOnlyDirectory;

    private OwnDirectory(SafeFileHandle handle, string path)
    {
        Handle = handle;
        Path = path;
    }

    public SafeFileHandle Handle { get; }

    public string Path { get; }

    // Makes it where nothing stands there. EESECURITY: a link, another's, or others may use it. EEBADADDR: no
    // directory, or there can be none.
    public static (OwnDirectory? Directory, SocketResult Result) Open(string path) =>
        Open(FileCalls.WorkingDirectory, path, path);

    public (OwnDirectory? Directory, SocketResult Result) OpenChild(string name) =>
        Open(Handle, name, System.IO.Path.Combine(Path, name));

    public void Dispose() => Handle.Dispose();

    private static (OwnDirectory? Directory, SocketResult Result) Open(
        SafeFileHandle parent, string name, string path)
    {
        if (!FileCalls.TryMakeDirectory(parent, name) && Errors.Last is not Errno.Exists and var failed)
            return (null, FileFailure.Of(failed, path, "cannot be made"));

        // Of a link it opens the link itself, and of a pipe it waits for nobody.
        var handle = FileCalls.Open(parent, name, FileCalls.PathOnly);
        var why = handle.IsInvalid
            ? FileFailure.Of(Errors.Last, path, "cannot be opened")
            : Fault(FileCalls.FactsOf(handle), path);
        if (why is null) return (new OwnDirectory(handle, path), SocketResult.Success);
        handle.Dispose();
        return (null, why);
    }

    private static SocketResult? Fault(FileFacts? found, string path)
    {
        if (found is not { } facts) return FileFailure.Of(Errors.Last, path, "cannot be looked at");
        if (facts.IsLink) return new(ResultCode.EESECURITY, $"{path} is a link");
        if (!facts.IsDirectory) return new(ResultCode.EEBADADDR, $"{path} is no directory");
        var user = SystemCalls.EffectiveUser();
        if (facts.Owner != user)
            return new(ResultCode.EESECURITY, $"{path} belongs to user {facts.Owner}, not to {user}");
        return facts.Permissions == OwnerOnly
            ? null
            : new(ResultCode.EESECURITY, $"{path} has mode {Octal(facts.Permissions)}; it must have 0700");
    }

    private static string Octal(int mode) => "0" + Convert.ToString(mode, 8).PadLeft(3, '0');
}
