using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.AcceptFilters;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// A listener with a filter, and narrow bounds.
public abstract class AcceptFilterTestKit : SocketTestKit
{
    protected AcceptFilterTestKit(ITestOutputHelper output)
        : base(
            output,
            """
            handoff.listen.max-waiting = 2
            handoff.accept-filter { max-waiting = 3, max-bytes = 1000 }
            """) =>
        (Owner, Acceptor) = (CreateTestProbe(), CreateTestProbe());

    protected TestProbe Owner { get; }

    protected TestProbe Acceptor { get; }

    protected Listening Listen(IAcceptFilter? filter) => Listen(filter, Acceptor);

    protected Listening Listen(IAcceptFilter? filter, IActorRef? acceptor)
    {
        var place = new IPEndPoint(IPAddress.Loopback, 0);
        Handoff.Sockets.Tell(new Listen(place, Owner, acceptor) { AcceptFilter = filter }, Owner);
        return Owner.ExpectMsg<Listening>();
    }

    protected ResultCode Set(SocketHandle handle, IAcceptFilter? filter)
    {
        var asker = CreateTestProbe();
        handle.Socket.Tell(new SetAcceptFilter(handle, filter), asker);
        return asker.ExpectMsg<object>() is Refused refused ? refused.Result.Code : ResultCode.EESUCCESS;
    }

    protected AcceptFilterStatus StatusOf(Listening listening)
    {
        var asker = CreateTestProbe();
        listening.Handle.Socket.Tell(GetAcceptFilterStatus.Instance, asker);
        return asker.ExpectMsg<AcceptFilterStatus>();
    }

    protected void AwaitWaiting(Listening listening, int count) =>
        AwaitCondition(() => StatusOf(listening).Waiting == count, Patience);

    protected static async Task IsReset(TestPeer peer)
    {
        using var bound = new CancellationTokenSource(Patience);
        var gone = await Assert.ThrowsAsync<SocketException>(
            async () => await peer.Socket.ReceiveAsync(new byte[1], bound.Token));
        Assert.Equal(SocketError.ConnectionReset, gone.SocketErrorCode);
    }
}
