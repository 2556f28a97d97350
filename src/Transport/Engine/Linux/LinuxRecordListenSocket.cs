using System.Net;

namespace Handoff.Transport.Engine.Linux;

// A listener accepts a stream and a connection of records alike; what it brings is read and sent otherwise.
internal sealed class LinuxRecordListenSocket(LinuxListenSocket listener) : IRecordListenSocket, IPassable
{
    public EndPoint LocalEndPoint => listener.LocalEndPoint;

    public async ValueTask<SocketOr<IDatagramSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        var (socket, code) = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
        return socket is LinuxStreamSocket accepted ? accepted.ByRecords() : code;
    }

    public SocketResult SetOption(SocketOption option) => listener.SetOption(option);

    public OptionResult GetOption(SocketOptionKind kind) => listener.GetOption(kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        listener.SetRawOption(level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) => listener.GetRawOption(level, name, size);

    public void Dispose() => listener.Dispose();

    public void Pause() => listener.Pause();

    public SocketOr<SocketDescriptor> Lend() => listener.Lend();

    public void GoOn() => listener.GoOn();

    public void Leave() => listener.Leave();
}
