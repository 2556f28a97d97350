using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// The actor of all sockets there has stopped, so that nobody takes in what comes.
public sealed class LandingTests(ITestOutputHelper output) : ProcessTestKit(output)
{
    [Fact]
    public async Task A_connection_that_nobody_takes_in_is_aborted_and_who_acquired_it_is_told()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        Lose(owner, held.Handle, service);
        await Assert.ThrowsAsync<SocketException>(peer.ReceiveToEndAsync);
    }

    [Fact]
    public async Task A_listener_that_nobody_takes_in_listens_no_more_and_who_acquired_it_is_told()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var listening = Listen(owner);
        Lose(owner, listening.Handle, service);
        var refused = await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listening));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    private void Lose(TestProbe owner, SocketHandle handle, TestProbe service)
    {
        var target = Peer("login", service);
        service.Watch(Other.Sockets.Sockets);
        Other.Sockets.Sockets.Tell(PoisonPill.Instance);
        service.ExpectTerminated(Other.Sockets.Sockets);
        Release(owner, handle, target);
        var offered = service.ExpectMsg<Offered>();
        var acquire = new Acquire(offered.Offer, service);
        offered.Offer.Socket.Tell(acquire, service);
        owner.ExpectMsg<Released>();
        var refused = service.ExpectMsg<Refused>();
        Assert.Equal((acquire, ResultCode.EEABORTED), (refused.Command, refused.Result.Code));
    }
}
