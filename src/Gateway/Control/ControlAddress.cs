using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles.Rendezvous;
using Handoff.Transport.Unix;

namespace Handoff.Gateway.Control;

// Where a gateway hears commands: a path as it is, or a name in the directory where the processes of a user find each
// other.
internal static class ControlAddress
{
    public static (UnixDomainSocketEndPoint? EndPoint, SocketResult Result) Of(string nameOrPath, string directory)
    {
        if (nameOrPath.Contains('/'))
        {
            return UnixAddress.TryParse(Path.GetFullPath(nameOrPath), out var at, out var result)
                ? (at, result)
                : (null, result);
        }

        var (place, failure) = RuntimeDirectory.Open(directory);
        using (place) return place is null ? (null, failure) : place.ControlPath($"{nameOrPath}.admin");
    }
}
