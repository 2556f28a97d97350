using System.Diagnostics.CodeAnalysis;
using System.Net;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

internal sealed class SocketTransports
{
    private readonly Lock _adding = new();
    private volatile ITransport[] _all = [];

    public bool TryAdd(ITransport transport)
    {
        lock (_adding)
        {
            if (Named(transport.Name) is not null) return false;
            _all = [.. _all, transport];
            return true;
        }
    }

    // The one of that name; without a name the first one for such an address.
    public bool TryGet(string? name, EndPoint endPoint, [NotNullWhen(true)] out ITransport? transport)
    {
        transport = name is null ? Array.Find(_all, candidate => candidate.IsFor(endPoint)) : Named(name);
        return transport is not null;
    }

    // As above, of those that have datagrams.
    public bool TryGetDatagrams(string? name, EndPoint endPoint, out ITransport? transport)
    {
        transport = name is null
            ? Array.Find(_all, candidate => candidate is IDatagramTransport d && d.IsForDatagrams(endPoint))
            : Named(name);
        return transport is not null;
    }

    public SocketResult Unknown(string? name, EndPoint endPoint) => name is null
        ? new(ResultCode.EEBADADDR, $"no transport is for an address like {endPoint}; there are {Names}")
        : new(ResultCode.EEMODENOTSUPP, $"no transport '{name}'; there are {Names}");

    private string Names => string.Join(", ", _all.Select(transport => transport.Name).Order());

    private ITransport? Named(string name) => Array.Find(_all, candidate => candidate.Name == name);
}
