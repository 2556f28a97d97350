using System.Net;
using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.TwoProcess.Tests.Hostile;

/// <summary>An echo service on a connection that is to live, whatever is attacked: what the giver gives.</summary>
internal sealed class LiveConnection : IConsignment, IDisposable
{
    private readonly LinuxEngine _engine;
    private readonly Socket _client;
    private LinuxStreamSocket _socket;
    private SocketDescriptor? _descriptor;
    private Task _echo;
    private byte _said;

    private LiveConnection(LinuxEngine engine, Socket client, LinuxStreamSocket socket)
    {
        _engine = engine;
        _client = client;
        _socket = socket;
        _echo = EchoAsync(socket);
    }

    public int Stopped { get; private set; }

    public int Resumed { get; private set; }

    public int Closed { get; private set; }

    public HandleCapabilities Needs => HandleCapabilities.Streams;

    public string Label => "live";

    public IReadOnlyList<SocketFacts> Facts =>
        [new SocketFacts(HandleKind.Stream, "tcp", _socket.LocalEndPoint, _socket.RemoteEndPoint, 0, 0, null)];

    public static async Task<LiveConnection> OpenAsync(LinuxEngine engine)
    {
        using var listener = engine.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1).Socket!;
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndPoint);
        var accepted = (await listener.AcceptAsync(default)).Socket!;
        return new LiveConnection(engine, client, (LinuxStreamSocket)accepted);
    }

    public async Task<bool> AnswersAsync()
    {
        using var late = new CancellationTokenSource(HostileEnd.Bound);
        byte[] said = [++_said], heard = new byte[1];
        await _client.SendAsync(said, late.Token);
        return await _client.ReceiveAsync(heard, late.Token) == 1 && heard[0] == said[0];
    }

    public async ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
    {
        SocketOr<SocketDescriptor> handedOut;
        do handedOut = _socket.HandOut();
        while (handedOut.Code is ResultCode.EEBUSY);
        await _echo;
        Stopped++;
        _descriptor = handedOut.Socket!;
        var baggage = new SocketBaggage(0, 0, SocketEnds.None, [], []);
        return new Quiesced([new QuiescedSocket(_descriptor, baggage)], SocketResult.Success);
    }

    public void Resume()
    {
        Resumed++;
        _socket = (LinuxStreamSocket)_engine.Adopt(_descriptor!).Socket!;
        _echo = EchoAsync(_socket);
    }

    public void Close()
    {
        Closed++;
        _descriptor!.Dispose();
    }

    public void Dispose()
    {
        _client.Dispose();
        _socket.Dispose();
    }

    private static async Task EchoAsync(LinuxStreamSocket socket)
    {
        var one = new byte[1];
        while ((await socket.ReceiveAsync(one)).Bytes == 1) await socket.SendAsync(one);
    }
}
