using System.Net;
using System.Net.Sockets;

namespace Handoff.Transport.Engine.Portable;

// An address as any other. .NET removes the file of what it knows to be a bound Unix socket, whosever file that is by
// then.
internal sealed class BindPoint(EndPoint address) : EndPoint
{
    public override AddressFamily AddressFamily => address.AddressFamily;

    public override SocketAddress Serialize() => address.Serialize();

    public override EndPoint Create(SocketAddress socketAddress) => address.Create(socketAddress);
}
