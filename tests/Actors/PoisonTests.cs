using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// Input that its owner crashes on each time it reads it.
public sealed class PoisonTests(ITestOutputHelper output)
    : SocketTestKit(output, "handoff { owner.max-reattach = 3, io.received-size = 4 }")
{
    [Fact]
    public void The_default_is_five() => Assert.Equal(5, new HandoffSettings(ConfigurationFactory.Empty).MaxReattach);

    [Fact]
    public async Task A_socket_whose_owner_comes_back_too_often_without_progress_closes_and_the_owner_is_told()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await PoisonedAsync(owner);
        await acquired.Lease.WriteAsync("accepted");
        acquired = Reattach(owner, acquired.Handle);
        for (var i = 0; i < 3; i++) acquired = Reattach(owner, acquired.Handle);
        acquired.Handle.Socket.Tell(new Reattach(acquired.Handle, owner), owner);
        Assert.Equal("accepted"u8.ToArray(), await peer.ReceiveToEndAsync());
        peer.Dispose();
        var closed = owner.ExpectMsg<Closed>();
        Assert.Equal((acquired.Handle, ResultCode.EEQUOTA), (closed.Handle, closed.Result.Code));
        Assert.Contains("max-reattach", closed.Result.Reason, StringComparison.Ordinal);
        Assert.Empty(Handoff.Owners.Of(owner));
    }

    [Fact]
    public async Task An_actor_that_crashes_on_every_message_is_told_the_reason_in_the_end()
    {
        var log = CreateTestProbe();
        var owner = Sys.ActorOf(Props.Create(() => new Crashing(log)));
        var listening = Listen(CreateTestProbe(), owner);
        using var peer = await ConnectAsync(listening);
        await peer.SendAsync("poison");
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.Dispose();
        for (var epoch = 1; epoch <= 4; epoch++) Assert.Equal(epoch, log.ExpectMsg<Received>().Handle.Epoch);
        Assert.Equal(ResultCode.EEQUOTA, log.ExpectMsg<Closed>().Result.Code);
    }

    [Theory]
    [InlineData("consumed")]
    [InlineData("written")]
    public async Task Progress_starts_the_count_again(string progress)
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await PoisonedAsync(owner);
        using var _ = peer;
        for (var i = 0; i < 10; i++)
        {
            if (i % 3 == 2 && progress == "written") await acquired.Lease.WriteAsync("!");
            if (i % 3 == 2 && progress == "consumed") await acquired.Lease.ReadAsync(1);
            acquired = Reattach(owner, acquired.Handle);
        }

        Assert.Equal("Held", StatusOf(CreateTestProbe(), acquired.Handle.Socket).State);
    }

    [Fact]
    public async Task Another_owner_starts_with_a_count_of_its_own()
    {
        var (owner, next) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await PoisonedAsync(owner);
        using var _ = peer;
        for (var i = 0; i < 3; i++) acquired = Reattach(owner, acquired.Handle);
        Release(owner, acquired.Handle, next);
        acquired = Take(next);
        for (var i = 0; i < 3; i++) acquired = Reattach(next, acquired.Handle);
        acquired.Handle.Socket.Tell(new Reattach(acquired.Handle, next), next);
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.Dispose();
        Assert.Equal(ResultCode.EEQUOTA, next.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task Bytes_that_were_consumed_and_pushed_back_are_no_progress()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await PoisonedAsync(owner);
        for (var i = 0; i < 4; i++)
        {
            var read = await acquired.Lease.ReadAsync(6);
            acquired.Handle.Socket.Tell(new Release(acquired.Handle, target) { PushBack = read }, owner);
            var offered = target.ExpectMsg<Offered>();
            offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target);
            target.ExpectMsg<Withdrawn>();
            owner.ExpectMsg<ReleaseFailed>();
            if (i < 3) acquired = Reattach(owner, acquired.Handle);
        }

        acquired.Handle.Socket.Tell(new Reattach(acquired.Handle, owner), owner);
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.Dispose();
        Assert.Equal(ResultCode.EEQUOTA, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task A_socket_with_nothing_to_read_does_not_pay_for_what_its_owner_crashed_on_elsewhere()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        for (var i = 0; i < 20; i++) acquired = Reattach(owner, acquired.Handle);
        await acquired.Lease.WriteAsync("alive");
        Assert.Equal("alive", await peer.ReceiveTextAsync(5));
    }

    // Six bytes are there to be read.
    private async Task<(Acquired Acquired, TestPeer Peer)> PoisonedAsync(TestProbe owner)
    {
        var (acquired, peer) = await OwnAsync(owner);
        await peer.SendAsync("poison");
        AwaitCondition(() => StatusOf(CreateTestProbe(), acquired.Handle.Socket).Facts.Unread == 6, Patience);
        return (acquired, peer);
    }

    private sealed class Crashing : ReceiveActor
    {
        public Crashing(IActorRef log)
        {
            Receive<Offered>(offered => offered.Offer.Socket.Tell(
                new Acquire(offered.Offer, Self) { Reading = Reading.Active(1) }));
            Receive<Received>(received =>
            {
                log.Tell(received);
                throw new CrashException();
            });
            Receive<Closed>(closed => log.Tell(closed));
            ReceiveAny(_ => { });
        }

        protected override void PostRestart(Exception reason)
        {
            foreach (var handle in HandoffExtension.For(Context.System).OwnedBy(Self))
            {
                handle.Socket.Tell(new Reattach(handle, Self));
            }
        }
    }
}
