using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// What keeps a socket in its process, whatever its engine could pass on.
internal static class Tied
{
    // Null if nothing does. A descriptor without the keys would be of no use.
    public static SocketResult? By(SocketFacts facts) => facts.Tls is null
        ? null
        : new(ResultCode.EEMODENOTSUPP, "TLS: the keys of the session do not leave their process");
}
