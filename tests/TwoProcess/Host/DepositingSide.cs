using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Depositing;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

// Has its listener and its connections kept, and gives the last connection to the heir, if there is one.
internal static class DepositingSide
{
    public const string Key = "gateway";
    public const ulong Listener = 1;
    public const ulong Last = Listener + HostSettings.Deposits;
    private static readonly SocketBaggage Nothing = new(0, 0, SocketEnds.None, [], []);

    public static async Task<int> RunAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var listener = (LinuxListenSocket)engine.Listen(new IPEndPoint(IPAddress.Loopback, 0), 64).Socket!;
        HostSettings.Say($"port {((IPEndPoint)listener.LocalEndPoint).Port}");
        List<LinuxStreamSocket> sockets = [];
        while (sockets.Count < HostSettings.Deposits)
            sockets.Add((LinuxStreamSocket)(await listener.AcceptAsync(default)).Socket!);
        List<Task> served = [Echo.ServeAsync(listener), .. sockets.Select(Echo.ServeAsync)];
        var client = await ConnectAsync(engine, settings);
        var result = await DepositAllAsync(client, listener, sockets);
        HostSettings.Say($"deposited {result.Code}");
        if (result.IsSuccess && File.Exists(settings.Heir.ToString()))
            result = await GiveLastAsync(engine, settings, client, sockets[^1]);
        else if (result.IsSuccess)
            result = await UpdateLastAsync(client);
        HostSettings.Say($"updated {result.Code}");
        await Task.WhenAll(served);
        return 0;
    }

    public static async Task<KeeperClient> ConnectAsync(LinuxEngine engine, HostSettings settings)
    {
        var control = (await ControlSocket.ConnectAsync(
            engine, settings.Control, settings.Options, PeerRule.SameUser, default)).Socket!;
        var line = new FaultyLine(new FrameChannel(control, settings.Options), settings.Fault);
        var (client, result) = await KeeperClient.BeginAsync(line, Key, settings.Keeper);
        return client ?? throw new InvalidOperationException($"The keeper does not answer: {result}");
    }

    private static async Task<SocketResult> DepositAllAsync(
        KeeperClient client, LinuxListenSocket listener, List<LinuxStreamSocket> sockets)
    {
        var result = await DepositAsync(client, Listener, HandleKind.Listener, listener.Number);
        for (var i = 0; i < sockets.Count && result.IsSuccess; i++)
            result = await DepositAsync(client, Listener + 1 + (ulong)i, HandleKind.Stream, sockets[i].Number);
        return result;
    }

    private static async Task<SocketResult> DepositAsync(KeeperClient client, ulong id, HandleKind kind, int number)
    {
        var facts = new SocketFacts(kind, "tcp", SocketName.OfLocal(number), SocketName.OfPeer(number), 0, 0, null);
        var token = TakeOnceToken.Create(out _)!;
        var borrowed = new SocketDescriptor(number);
        var result = await client.DepositAsync(id, $"{kind} {id}", facts, Nothing, token, borrowed);
        borrowed.Take();
        return result;
    }

    private static ValueTask<SocketResult> UpdateLastAsync(KeeperClient client) =>
        client.UpdateAsync(Last, Nothing, TakeOnceToken.Create(out _)!);

    private static async Task<SocketResult> GiveLastAsync(
        LinuxEngine engine, HostSettings settings, KeeperClient client, LinuxStreamSocket socket)
    {
        var control = (await ControlSocket.ConnectAsync(
            engine, settings.Heir, settings.Options, PeerRule.SameUser, default)).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        var kept = new KeptConsignment(new OneSocket(engine, socket), client, [Last]);
        using var port = new GiverPort(channel, id: 1, kept, default);
        var given = await Giver.RunAsync(new FaultyGiver(port, settings.Fault));
        HostSettings.Say($"outcome {given.Outcome}");
        return given.Why.IsSuccess ? await client.WithdrawAsync(Last) : await UpdateLastAsync(client);
    }

    private sealed class OneSocket(LinuxEngine engine, LinuxStreamSocket socket) : IConsignment
    {
        private SocketDescriptor? _descriptor;
        private Task _served = Task.CompletedTask;

        public HandleCapabilities Needs => HandleCapabilities.Streams;

        public string Label => "last";

        public IReadOnlyList<SocketFacts> Facts { get; } =
            [new SocketFacts(HandleKind.Stream, "tcp", socket.LocalEndPoint, socket.RemoteEndPoint, 0, 0, null)];

        public ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
        {
            SocketOr<SocketDescriptor> handedOut;
            do handedOut = socket.HandOut();
            while (handedOut.Code is ResultCode.EEBUSY);
            _descriptor = handedOut.Socket;
            return new(new Quiesced([new QuiescedSocket(_descriptor!, Nothing)], SocketResult.Success));
        }

        public void Resume() => _served = Echo.ServeAsync(engine.Adopt(_descriptor!).Socket!);

        public void Close() => _descriptor!.Dispose();
    }
}
