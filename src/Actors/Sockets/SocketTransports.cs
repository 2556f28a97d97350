using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

internal sealed class SocketTransports
{
    private readonly ConcurrentDictionary<string, ITransport> _byName = new(StringComparer.Ordinal);

    public bool TryAdd(ITransport transport) => _byName.TryAdd(transport.Name, transport);

    public bool TryGet(string name, [NotNullWhen(true)] out ITransport? transport) =>
        _byName.TryGetValue(name, out transport);

    public SocketResult Unknown(string name) =>
        new(ResultCode.EEMODENOTSUPP, $"no transport '{name}'; there are {string.Join(", ", _byName.Keys.Order())}");
}
