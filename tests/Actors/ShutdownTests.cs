using System.Net.Sockets;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class ShutdownTests : SocketTestKit
{
    public ShutdownTests(ITestOutputHelper output)
        : base(output)
    {
    }

    [Fact]
    public async Task An_owner_by_lease_shuts_its_writing_side_down_and_reads_on()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var handle = acquired.Handle;
        await acquired.Lease!.WriteAsync("last");
        Shut(handle, SocketShutdown.Send, owner);
        owner.ExpectMsg<Confirmed>();
        Assert.Equal("last"u8.ToArray(), await peer.ReceiveToEndAsync());
        await peer.SendAsync("answer");
        Assert.Equal("answer", await acquired.Lease!.ReadTextAsync(6));
    }

    [Fact]
    public async Task An_owner_by_messages_shuts_its_reading_side_down_and_is_sent_nothing_more()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        using var _ = peer;
        var handle = acquired.Handle;
        await peer.SendAsync("unread");
        AwaitCondition(() => StatusOf(owner, handle.Socket).Facts.Unread == 6);
        Shut(handle, SocketShutdown.Receive, owner);
        owner.ExpectMsg<Confirmed>();
        Assert.Equal(0, StatusOf(owner, handle.Socket).Facts.Unread);
        handle.Socket.Tell(new ReadBy(handle, Reading.Active(8)), owner);
        Assert.Equal(6, owner.ExpectMsg<PeerFinished>().Position);
        await peer.SendAsync("nobody hears this");
        handle.Socket.Tell(new Write(handle, "still here"u8.ToArray()), owner);
        owner.ExpectMsg<Written>();
        Assert.Equal("still here", await peer.ReceiveTextAsync(10));
    }

    [Fact]
    public async Task What_was_delivered_and_not_consumed_is_dropped_with_the_reading_side()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, Reading.Once);
        using var _ = peer;
        var handle = acquired.Handle;
        await peer.SendAsync("delivered");
        var received = owner.ExpectMsg<Received>();
        Shut(handle, SocketShutdown.Both, owner);
        owner.ExpectMsg<Confirmed>();
        handle.Socket.Tell(new Consumed(handle, received.End), owner);
        Release(owner, handle, target);
        var next = Take(target, Reading.Active(1));
        Assert.Equal(9, next.Consumed);
        Assert.Equal(9, target.ExpectMsg<PeerFinished>().Position);
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_shutdown_that_cannot_be_is_refused_by_code()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var handle = acquired.Handle;
        acquired.Lease!.Output.GetSpan(1)[0] = 1;
        acquired.Lease.Output.Advance(1);
        Shut(handle, SocketShutdown.Send, owner);
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        await acquired.Lease.Output.FlushAsync();
        Shut(handle, (SocketShutdown)7, owner);
        Assert.Equal(ResultCode.EEBADDATA, owner.ExpectMsg<Refused>().Result.Code);
        Release(owner, handle, target);
        Shut(handle, SocketShutdown.Both, owner);
        Assert.Equal(ResultCode.EESOCKRLSD, owner.ExpectMsg<Refused>().Result.Code);
        Take(target);
        owner.ExpectMsg<Released>();
        Shut(handle, SocketShutdown.Both, owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        var listening = Listen(owner);
        Shut(listening.Handle, SocketShutdown.Both, owner);
        Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<Refused>().Result.Code);
    }

    private static void Shut(SocketHandle handle, SocketShutdown how, Akka.TestKit.TestProbe by) =>
        handle.Socket.Tell(new Shutdown(handle, how), by);
}
