using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// A proxy as its users write it: an actor for each client, which splices and waits.
public sealed class SpliceProxyTests(ITestOutputHelper output) : SocketTestKit(output)
{
    private const int Clients = 40;
    private const int Most = 300_000;

    [Fact]
    public async Task Clients_of_a_proxy_have_what_they_sent_back_from_the_server_and_nothing_is_left_behind()
    {
        var seed = Random.Shared.Next();
        Output.WriteLine($"seed {seed}");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var echoing = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => EchoOneAsync(server)));
        var owner = CreateTestProbe();
        var door = Sys.ActorOf(Props.Create(() => new Door(server.LocalEndpoint)));
        var listening = Listen(owner, door, OfferMode.AnyHolder);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => TalkAsync(listening, new Random(seed + i))));
        await echoing.WaitAsync(Patience);
        AwaitCondition(() => Handoff.Owners.Count == 1, Patience);
        Assert.Equal(listening.Handle.Socket, Assert.Single(Handoff.Owners.Of(owner)).Socket);
    }

    private static async Task EchoOneAsync(TcpListener server)
    {
        using var socket = await server.AcceptSocketAsync();
        using var peer = new TestPeer(socket);
        var buffer = new byte[8_000];
        int got;
        while ((got = await socket.ReceiveAsync(buffer)) > 0) await peer.SendAsync(buffer.AsMemory(0, got));
        peer.FinishSending();
    }

    private static async Task TalkAsync(Listening listening, Random random)
    {
        var bytes = new byte[random.Next(1, Most)];
        random.NextBytes(bytes);
        using var peer = await ConnectAsync(listening);
        var sending = Task.Run(async () =>
        {
            await peer.SendAsync(bytes);
            peer.FinishSending();
        });
        Assert.Equal(bytes, await peer.ReceiveToEndAsync());
        await sending;
    }

    private sealed class Door : ReceiveActor
    {
        public Door(EndPoint server) => Receive<Offered>(
            offered => Context.ActorOf(Props.Create(() => new Proxy(server))).Forward(offered));
    }

    private sealed class Proxy : ReceiveActor
    {
        private SocketHandle? _client;

        public Proxy(EndPoint server)
        {
            Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
            Receive<Acquired>(acquired => OnAcquired(acquired.Handle, server));
            Receive<SpliceEnded>(_ => Context.Stop(Self));
            Receive<Refused>(_ => Context.Stop(Self));
        }

        private void OnAcquired(SocketHandle handle, EndPoint server)
        {
            if (_client is { } client)
            {
                client.Socket.Tell(new Splice(client, handle) { IdleTimeout = TimeSpan.FromMinutes(10) });
                return;
            }

            _client = handle;
            HandoffExtension.For(Context.System).Sockets.Tell(new Connect(server, Self));
        }
    }
}
