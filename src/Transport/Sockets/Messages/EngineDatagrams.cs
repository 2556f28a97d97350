using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets.Messages;

internal sealed class EngineDatagrams(IDatagramEngine engine, MessageOptions options, DatagramOptions system)
{
    public OpenResult Open(EndPoint? local, EndPoint? remote) => Open(local, remote, system);

    public OpenResult OpenShared(EndPoint? local, EndPoint? remote) =>
        Open(local, remote, system with { SharesAddress = true });

    private OpenResult Open(EndPoint? local, EndPoint? remote, DatagramOptions given)
    {
        var (socket, code) = engine.OpenDatagram(local, remote, given);
        return socket is null
            ? new OpenResult(null, Failure(code, local, remote))
            : new OpenResult(new MessageSocket(socket, options));
    }

    public static ListenResult NoListen(string name) =>
        new(null, Misuse($"{name}: datagrams are bound, nobody listens"));

    public static ValueTask<ConnectResult> NoConnect(string name) =>
        new(new ConnectResult(null, Misuse($"{name}: datagrams are opened with a peer, nobody connects")));

    private static SocketResult Misuse(string why) => new(ResultCode.EEMODENOTSUPP, why);

    private static SocketResult Failure(ResultCode code, EndPoint? local, EndPoint? remote) => (local, remote) switch
    {
        (null, null) => SocketResult.Of(code),
        (_, null) => EngineStreams.Failure(code, local),
        (null, _) => EngineStreams.Failure(code, remote),
        _ => EngineStreams.Failure(code, $"{local} -> {remote}"),
    };
}
