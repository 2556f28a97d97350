using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Campaign.Tests.Mutants;

// A network whose connections lose the last byte before their FIN, while it is on.
internal sealed class TaillessStreams(IEngine network, Func<bool> isOn) : IEngine
{
    public SocketOr<IListenSocket> Listen(EndPoint endPoint, int backlog)
    {
        var (listener, code) = network.Listen(endPoint, backlog);
        return listener is null ? code : new Listener(listener, isOn);
    }

    public async ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        Wrap(await network.ConnectAsync(endPoint, timeout, timeProvider, cancellationToken), isOn);

    private static SocketOr<IStreamSocket> Wrap(SocketOr<IStreamSocket> opened, Func<bool> isOn) =>
        opened.Socket is { } socket ? new TaillessStream(socket, isOn) : opened;

    private sealed class Listener(IListenSocket listener, Func<bool> isOn) : IListenSocket
    {
        public EndPoint LocalEndPoint => listener.LocalEndPoint;

        public async ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken) =>
            Wrap(await listener.AcceptAsync(cancellationToken), isOn);

        public void Dispose() => listener.Dispose();
    }
}
