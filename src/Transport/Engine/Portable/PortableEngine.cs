using System.Net;

namespace Handoff.Transport.Engine.Portable;

/// <summary>Sockets by System.Net.Sockets: any system that .NET runs on, no passing of descriptors.</summary>
public sealed class PortableEngine : IEngine
{
    /// <inheritdoc/>
    public SocketOr<IListenSocket> Listen(EndPoint endPoint, int backlog) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
        => throw new NotImplementedException();
}
