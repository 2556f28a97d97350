using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.Campaign.Tests.Mutants;

// Datagram sockets that do not say who sent what they receive.
internal sealed class NamelessDatagrams(IDatagramEngine network) : IDatagramEngine
{
    public SocketOr<IDatagramSocket> OpenDatagram(EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        var (socket, code) = network.OpenDatagram(local, remote, options);
        return socket is null ? code : new Socket(socket);
    }

    private sealed class Socket(IDatagramSocket socket) : IDatagramSocket
    {
        public EndPoint? LocalEndPoint => socket.LocalEndPoint;

        public EndPoint? RemoteEndPoint => socket.RemoteEndPoint;

        public bool IsConnected => socket.IsConnected;

        public bool HasEnd => socket.HasEnd;

        public bool CanWaitToSend => socket.CanWaitToSend;

        public long? Dropped => socket.Dropped;

        public DatagramResult TryReceive(Span<byte> buffer) => socket.TryReceive(buffer) with { Sender = null };

        public ValueTask<IoResult> WaitReadableAsync() => socket.WaitReadableAsync();

        public void StopWaiting() => socket.StopWaiting();

        public IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to) => socket.TrySend(message, to);

        public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to) =>
            socket.SendAsync(message, to);

        public ResultCode ShutdownSend() => socket.ShutdownSend();

        public void Dispose() => socket.Dispose();
    }
}
