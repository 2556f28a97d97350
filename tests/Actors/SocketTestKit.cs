using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// Real TCP on loopback and virtual time: a peer is a plain .NET socket, and a deadline passes when the test says so.
public abstract class SocketTestKit : Akka.TestKit.Xunit2.TestKit
{
    private static readonly Config VirtualTime = ConfigurationFactory.ParseString(
        """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.loglevel = WARNING
        akka.test.default-timeout = 20s
        akka.test.single-expect-default = 20s
        """);

    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected SocketTestKit(ITestOutputHelper output, string config = "", bool virtualTime = true)
        : base(
            ConfigurationFactory.ParseString(config).WithFallback(virtualTime ? VirtualTime : RealTime),
            actorSystemName: null,
            output)
    {
    }

    protected HandoffExtension Handoff => HandoffExtension.For(Sys);

    protected TestScheduler Time => (TestScheduler)Sys.Scheduler;

    private static Config RealTime { get; } = ConfigurationFactory.ParseString(
        """
        akka.loglevel = WARNING
        akka.test.default-timeout = 20s
        akka.test.single-expect-default = 20s
        """);

    // A listener of this owner, and where it listens.
    protected Listening Listen(TestProbe owner, IActorRef? acceptor = null, OfferMode mode = OfferMode.InOrder)
    {
        Handoff.Sockets.Tell(
            new Listen(new IPEndPoint(IPAddress.Loopback, 0), owner, acceptor) { Mode = mode }, owner);
        return owner.ExpectMsg<Listening>();
    }

    protected static async Task<TestPeer> ConnectAsync(Listening listening)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(listening.EndPoint);
        return new TestPeer(socket);
    }

    // A peer that is reset, at once or a moment later.
    protected static async Task ConnectInVainAsync(Listening listening)
    {
        using var bound = new CancellationTokenSource(Patience);
        var gone = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var peer = await ConnectAsync(listening);
            await peer.Socket.ReceiveAsync(new byte[1], bound.Token);
        });
        Assert.Equal(SocketError.ConnectionReset, gone.SocketErrorCode);
    }

    // A connection that the probe owns, and its peer.
    protected async Task<(Acquired Acquired, TestPeer Peer)> OwnAsync(TestProbe owner, Reading? reading = null)
    {
        var listener = CreateTestProbe();
        var listening = Listen(listener, owner);
        var peer = await ConnectAsync(listening);
        var acquired = Take(owner, reading);
        listening.Handle.Socket.Tell(new Close(listening.Handle), listener);
        listener.ExpectMsg<Closed>();
        return (acquired, peer);
    }

    // The probe is offered a socket and acquires it.
    protected static Acquired Take(TestProbe target, Reading? reading = null)
    {
        var offered = target.ExpectMsg<Offered>();
        var acquire = new Acquire(offered.Offer, target) { Reading = reading ?? Reading.Lease };
        offered.Offer.Socket.Tell(acquire, target);
        return target.ExpectMsg<Acquired>();
    }

    protected static Release Release(TestProbe owner, SocketHandle handle, IActorRef target)
    {
        var release = new Release(handle, target);
        handle.Socket.Tell(release, owner);
        return release;
    }

    // What a restarted owner does; whoever does it has the same ref as before.
    protected static Acquired Reattach(TestProbe owner, SocketHandle handle, Reading? reading = null)
    {
        handle.Socket.Tell(new Reattach(handle, owner) { Reading = reading }, owner);
        return owner.ExpectMsg<Acquired>();
    }

    protected static SocketStatus StatusOf(TestProbe asker, IActorRef socket)
    {
        socket.Tell(GetStatus.Instance, asker);
        return asker.ExpectMsg<SocketStatus>();
    }
}
