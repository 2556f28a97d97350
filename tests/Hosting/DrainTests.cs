using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Handoff.Hosting.Tests.Setup;
using Handoff.Messages;
using Microsoft.Extensions.Hosting;

namespace Handoff.Hosting.Tests;

public sealed class DrainTests : HostTest
{
    private const string NoHurry = """
        handoff.hosting.drain { finish-timeout = 1h, close-timeout = 1h, abort-timeout = 1h }
        akka.coordinated-shutdown.default-phase-timeout = 2h
        """;

    private const string InHurry = """
        handoff.hosting.drain { finish-timeout = 1ms, close-timeout = 1h, abort-timeout = 1h }
        akka.coordinated-shutdown.default-phase-timeout = 2h
        """;

    [Fact]
    public async Task Owners_end_what_is_under_way_when_no_more_comes_and_the_host_waits_for_it()
    {
        var told = new TaskCompletionSource<Draining>(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = await StartAsync(akka => akka.WithHandoff(
            NoHurry, handoff => handoff.Listen<Finisher>("door", AnyPort, Props.Create(() => new Finisher(told)))));
        var endPoint = EndPointOf(host, "door");
        using var client = await Client.ConnectAsync(endPoint, Patience);
        var reading = Client.ReadAsync(client, Patience);
        await ActorOf<Finisher>(host).Ask<Acquired>(Finisher.WhoIsThere, Patience);

        var stopping = host.StopAsync();
        var draining = await told.Task.WaitAsync(Patience);

        Assert.Equal(TimeSpan.FromHours(1), draining.Within);
        await Client.WhenRefusedAsync(endPoint, Patience);
        Assert.False(stopping.IsCompleted);
        ActorOf<Finisher>(host).Tell("bye");
        Assert.Equal("bye", await reading);
        await stopping.WaitAsync(Patience);
    }

    [Fact]
    public async Task What_its_owner_does_not_end_in_time_is_closed_after_all_that_was_accepted()
    {
        var host = await StartAsync(akka => akka.WithHandoff(
            InHurry, handoff => handoff.Listen<Writer>("door", AnyPort, Props.Create(() => new Writer(5)))));
        using var client = await Client.ConnectAsync(EndPointOf(host, "door"), Patience);
        await ActorOf<Writer>(host).Ask<Written>(Writer.Wrote, Patience);

        var stopping = host.StopAsync();

        Assert.Equal(5, (await Client.ReadAsync(client, Patience)).Length);
        client.Dispose();
        await stopping.WaitAsync(Patience);
    }

    [Fact]
    public async Task What_cannot_be_closed_in_time_is_aborted()
    {
        var host = await StartAsync(akka => akka.WithHandoff(
            InHurry + """

            handoff.hosting.drain.close-timeout = 1ms
            handoff.io { max-write = 64MiB, send-buffer = 64MiB }
            """,
            handoff => handoff.Listen<Writer>("door", AnyPort, Props.Create(() => new Writer(64 << 20)))));
        using var client = await Client.ConnectAsync(EndPointOf(host, "door"), Patience);
        await ActorOf<Writer>(host).Ask<Written>(Writer.Wrote, Patience);

        await host.StopAsync().WaitAsync(Patience);

        var reset = await Assert.ThrowsAsync<IOException>(() => Client.ReadAsync(client, Patience));
        var cause = Assert.IsType<SocketException>(reset.InnerException);
        Assert.Equal(SocketError.ConnectionReset, cause.SocketErrorCode);
    }

    [Fact]
    public async Task A_connection_that_the_program_made_is_not_waited_for_and_closed_too()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(AnyPort);
        listener.Listen();
        var host = await StartAsync(akka => akka.WithHandoff(NoHurry));
        var own = await HandoffExtension.For(SystemOf(host)).ConnectAsync(listener.LocalEndPoint!);
        using var peer = await listener.AcceptAsync().WaitAsync(Patience);

        var stopping = host.StopAsync();

        Assert.Equal("", await Client.ReadAsync(peer, Patience));
        peer.Dispose();
        await stopping.WaitAsync(Patience);
        await own.DisposeAsync();
    }

    // Ends its connections when it is told to, once the host stops.
    private sealed class Finisher : ReceiveActor
    {
        public const string WhoIsThere = "?";

        private readonly List<IActorRef> _askers = [];
        private Acquired? _held;

        public Finisher(TaskCompletionSource<Draining> told)
        {
            Receive<Offered>(offered => offered.Offer.Socket.Tell(
                new Acquire(offered.Offer, Self) { Reading = Reading.Once }));
            Receive<Acquired>(acquired =>
            {
                _held = acquired;
                _askers.ForEach(asker => asker.Tell(acquired));
            });
            Receive<Draining>(draining => told.TrySetResult(draining));
            Receive<string>(_ => _held is null, _ => _askers.Add(Sender));
            Receive<string>(word => word == WhoIsThere, _ => Sender.Tell(_held));
            Receive<string>(word => _held!.Handle.Socket.Tell(
                new Write(_held.Handle, Encoding.UTF8.GetBytes(word))));
            Receive<Written>(written => written.Write.Handle.Socket.Tell(new Close(written.Write.Handle)));
        }
    }

    // Writes so much to each client, and does nothing else.
    private sealed class Writer : ReceiveActor
    {
        public const string Wrote = "?";

        private Written? _written;
        private IActorRef _asker = ActorRefs.Nobody;

        public Writer(int bytes)
        {
            Receive<Offered>(offered => offered.Offer.Socket.Tell(
                new Acquire(offered.Offer, Self) { Reading = Reading.Once }));
            Receive<Acquired>(acquired => acquired.Handle.Socket.Tell(new Write(acquired.Handle, new byte[bytes])));
            Receive<Written>(written =>
            {
                _written = written;
                _asker.Tell(written);
            });
            Receive<string>(_ =>
            {
                if (_written is null) _asker = Sender;
                else Sender.Tell(_written);
            });
        }
    }
}
