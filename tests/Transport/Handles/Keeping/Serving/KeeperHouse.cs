using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping;
using Handoff.Transport.Handles.Keeping.Depositing;
using Handoff.Transport.Handles.Keeping.Serving;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Tests.Engine.Linux;

namespace Handoff.Transport.Tests.Handles.Keeping.Serving;

/// <summary>A keeper of this process, and clients that are this process, too.</summary>
internal sealed class KeeperHouse : IAsyncDisposable
{
    public static readonly SocketBaggage Nothing = new(0, 0, SocketEnds.None, [], []);
    private readonly UnixDomainSocketEndPoint _control =
        new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<string> _news = Channel.CreateUnbounded<string>();
    private readonly ConcurrentBag<IDisposable> _made = [];
    private readonly IRecordListenSocket _listener;
    private readonly Task _running;

    public KeeperHouse(KeeperOptions? options = null)
    {
        Options = options ?? new KeeperOptions();
        _listener = Engine.ListenRecords(_control, 16).Socket!;
        var keeper = new Keeper(
            Engine, Options, PeerRule.SameUser, new KeeperPort(), line => _news.Writer.TryWrite(line));
        _running = keeper.RunAsync(_listener, _stop.Token);
    }

    public LinuxEngine Engine { get; } = new(new LinuxEngineOptions { Loops = 1 });

    public KeeperOptions Options { get; }

    public async Task<KeeperClient> ClientAsync(string key = "key")
    {
        var (client, result) = await KeeperClient.ConnectAsync(
            Engine, _control, key, Options, PeerRule.SameUser, default);
        Assert.True(result.IsSuccess, result.ToString());
        _made.Add(client!);
        return client!;
    }

    public async Task<FrameChannel> ChannelAsync()
    {
        var control = (await ControlSocket.ConnectAsync(
            Engine, _control, Options.Handles, PeerRule.SameUser, default)).Socket!;
        var channel = new FrameChannel(control, new HandleOptions());
        _made.Add(channel);
        return channel;
    }

    // Deposits one end of a pair, whose other end it gives.
    public async Task<(SocketResult Result, Socket Peer, Socket Own)> DepositAsync(
        KeeperClient client, ulong id, SocketBaggage? baggage = null)
    {
        var (peer, own) = await PairAsync();
        using var token = TakeOnceToken.Create(out _)!;
        using var copy = Copies.Of((int)own.Handle);
        var facts = new SocketFacts(HandleKind.Stream, "tcp", null, null, 0, 0, null);
        var result = await client.DepositAsync(id, $"deposit {id}", facts, baggage ?? Nothing, token, copy);
        return (result, peer, own);
    }

    public async Task<ResultCode> CodeAsync(KeeperClient client, ulong id, SocketBaggage? baggage = null) =>
        (await DepositAsync(client, id, baggage)).Result.Code;

    // The first line that has this in it.
    public async Task<string> TellsAsync(string part)
    {
        using var late = new CancellationTokenSource(Loopback.Bound);
        while (true)
        {
            var line = await _news.Reader.ReadAsync(late.Token);
            if (line.Contains(part, StringComparison.Ordinal)) return line;
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Loopback.Bound);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var one in _made) one.Dispose();
        _listener.Dispose();
        await Engine.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<(Socket Peer, Socket Own)> PairAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(Loopback.AnyPort);
        listener.Listen(1);
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndPoint!);
        var own = await listener.AcceptAsync();
        _made.Add(peer);
        _made.Add(own);
        return (peer, own);
    }
}
