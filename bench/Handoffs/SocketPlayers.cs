using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Bench.Handoffs;

// Pairs that throw connections of a loopback listener, whose other ends stay idle in this process.
internal sealed class SocketPlayers : IPlayers, IDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);

    private readonly List<Socket> _peers = [];
    private readonly List<Pair> _pairs = [];
    private readonly List<(IActorRef One, IActorRef Other)> _players = [];

    private SocketPlayers()
    {
    }

    public IReadOnlyList<Pair> Pairs => _pairs;

    public static async Task<SocketPlayers> ConnectAsync(ActorSystem system, int pairs, CancellationToken stop)
    {
        var all = new SocketPlayers();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        for (var i = 0; i < pairs; i++) await all.AddAsync(system, listener, stop);
        return all;
    }

    public void Throw(int pair)
    {
        _players[pair].One.Tell(Handoffs.Throw.Instance);
        _players[pair].Other.Tell(Handoffs.Throw.Instance);
    }

    public void Dispose()
    {
        foreach (var peer in _peers) peer.Dispose();
    }

    private async Task AddAsync(ActorSystem system, Socket listener, CancellationToken stop)
    {
        var pair = new Pair();
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var one = system.ActorOf(Props.Create(() => new SocketPlayer(pair, connected)));
        var other = system.ActorOf(Props.Create(() => new SocketPlayer(pair, connected)));
        one.Tell(new Meet(other));
        other.Tell(new Meet(one));
        HandoffExtension.For(system).Sockets.Tell(new Connect(listener.LocalEndPoint!, one), one);
        _peers.Add(await listener.AcceptAsync(stop).AsTask().WaitAsync(ConnectWithin, stop));
        await connected.Task.WaitAsync(ConnectWithin, stop);
        _pairs.Add(pair);
        _players.Add((one, other));
    }
}
