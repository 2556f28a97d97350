using System.Net;

namespace Handoff.Transport.Engine.Paths;

// The file that a bind made. Whoever closes the socket removes it, if it is still that file.
internal sealed class BoundPath
{
    private readonly string _path;
    private readonly FileIdentity _identity;
    private int _isRemoved;

    private BoundPath(string path, FileIdentity identity)
    {
        _path = path;
        _identity = identity;
    }

    // Of an address that was bound just now; null where that made no file.
    public static BoundPath? Of(EndPoint endPoint)
    {
        if (UnixName.PathOf(endPoint) is not { } path) return null;
        path = Path.GetFullPath(path); // the working directory may be another one by then
        return FileIdentity.Of(path) is { } identity ? new BoundPath(path, identity) : null;
    }

    // To be called while the socket is open: until then no other file can have its number.
    public void Remove()
    {
        if (Interlocked.Exchange(ref _isRemoved, 1) == 1 || FileIdentity.Of(_path) != _identity) return;
        try
        {
            File.Delete(_path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The folder was closed to us meanwhile. The file stays, as it does when the process dies.
        }
    }
}
