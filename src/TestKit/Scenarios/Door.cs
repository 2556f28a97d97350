using System.Net;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Scenarios;

// The one transport that an actor system of scenarios knows; each run puts its own behind it.
internal sealed class Door : ITransport
{
    private ITransport? _behind;

    public string Name => "scenario";

    public TransportCapabilities Capabilities => Behind.Capabilities;

    public ITransport Behind
    {
        get => _behind ?? throw new InvalidOperationException("No scenario is running.");
        set => _behind = value;
    }

    public ListenResult Listen(EndPoint endPoint, int backlog) => Behind.Listen(endPoint, backlog);

    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) =>
        Behind.ConnectAsync(endPoint, timeout, cancellationToken);
}
