using System.Buffers;
using System.Text;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class ReattachTests(ITestOutputHelper output)
    : SocketTestKit(output, "handoff.io.max-write = 32MiB")
{
    [Fact]
    public async Task A_new_epoch_begins_at_the_first_byte_that_was_not_consumed()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("onetwo");
        Assert.Equal("one", await first.Lease.ReadTextAsync(3));
        await first.Lease.WriteAsync("reply");
        var second = Reattach(owner, first.Handle);
        Assert.Equal((2L, 3L, 5L), (second.Handle.Epoch, second.Consumed, second.Written));
        Assert.Equal((3L, 5L), (second.Lease!.ConsumedPosition, second.Lease.WrittenPosition));
        Assert.Equal((3L, first.Facts.Remote), (second.Facts.Unread, second.Facts.Remote));
        Assert.Equal("two", await second.Lease.ReadTextAsync(3));
        await second.Lease.WriteAsync(" again");
        Assert.Equal("reply again", await peer.ReceiveTextAsync(11));
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task The_old_lease_is_torn_with_a_read_result_open_and_bytes_unflushed()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("question");
        var open = await first.Lease!.Input.ReadAtLeastAsync(8);
        first.Lease.Output.Write("half an ans"u8);
        var second = Reattach(owner, first.Handle);
        Assert.True(first.Lease.Ended.IsCancellationRequested);
        foreach (var use in new Action[]
        {
            () => first.Lease.Input.AdvanceTo(open.Buffer.End), () => first.Lease.Input.TryRead(out var _),
            () => first.Lease.Output.GetMemory(1), () => first.Lease.Output.Complete(),
        })
        {
            Assert.Equal(ResultCode.EESECURITY, Assert.Throws<SocketFailedException>(use).Code);
        }

        var late = await Assert.ThrowsAsync<SocketFailedException>(
            async () => await first.Lease.CommitAsync(open.Buffer.End, open.Buffer.End));
        Assert.Equal(ResultCode.EESECURITY, late.Code);
        Assert.Equal("question", Encoding.ASCII.GetString(open.Buffer.ToArray()));
        Assert.Equal(0, second.Written);
        Assert.Equal("question", await second.Lease.ReadTextAsync(8));
        await second.Lease.WriteAsync("answer");
        Assert.Equal("answer", await peer.ReceiveTextAsync(6));
    }

    [Fact]
    public async Task A_read_that_waits_when_the_lease_is_torn_fails_and_the_byte_is_the_next_epochs()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var waiting = first.Lease!.Input.ReadAsync();
        var second = Reattach(owner, first.Handle);
        await peer.SendAsync("x");
        Assert.Equal("x", await second.Lease.ReadTextAsync(1));
        var ended = await Assert.ThrowsAsync<SocketFailedException>(async () => await waiting);
        Assert.Equal(ResultCode.EESECURITY, ended.Code);
    }

    [Fact]
    public async Task The_old_handle_is_void_and_a_stranger_cannot_reattach()
    {
        var (owner, stranger) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var (other, otherPeer) = await OwnAsync(stranger);
        using var __ = otherPeer;
        var second = Reattach(owner, first.Handle);
        foreach (var wrong in new[]
        {
            new Reattach(first.Handle, owner), new Reattach(second.Handle, stranger),
            new Reattach(other.Handle, owner), new Reattach(other.Handle, stranger),
            new Reattach(second.Handle, null!), new Reattach(null!, owner),
        })
        {
            second.Handle.Socket.Tell(wrong, stranger);
            var refused = stranger.ExpectMsg<Refused>();
            Assert.Equal((wrong, ResultCode.EESECURITY), (refused.Command, refused.Result.Code));
        }

        first.Handle.Socket.Tell(new Close(first.Handle), owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        var status = StatusOf(owner, second.Handle.Socket);
        Assert.Equal(("Held", owner.Ref, 2L), (status.State, status.Owner, status.Epoch));
        await second.Lease.WriteAsync("unharmed");
        Assert.Equal("unharmed", await peer.ReceiveTextAsync(8));
    }

    [Fact]
    public async Task While_on_offer_a_reattach_is_refused_and_after_the_revert_it_is_not()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("unread");
        Release(owner, first.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        first.Handle.Socket.Tell(new Reattach(first.Handle, owner), owner);
        Assert.Equal(ResultCode.EESOCKRLSD, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal("Offered", StatusOf(CreateTestProbe(), first.Handle.Socket).State);
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target);
        owner.ExpectMsg<ReleaseFailed>();
        var second = Reattach(owner, first.Handle);
        Assert.Equal(2, second.Handle.Epoch);
        Assert.Equal("unread", await second.Lease.ReadTextAsync(6));
    }

    [Fact]
    public async Task After_a_handoff_or_a_close_a_reattach_is_refused_and_changes_nothing()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, first.Handle, target);
        var second = Take(target);
        owner.ExpectMsg<Released>();
        first.Handle.Socket.Tell(new Reattach(first.Handle, owner), owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        second.Handle.Socket.Tell(new Close(second.Handle), target);
        second.Handle.Socket.Tell(new Reattach(second.Handle, target), target);
        Assert.Equal(ResultCode.EEBADF, target.ExpectMsg<Refused>().Result.Code);
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.Dispose();
        Assert.Equal(ResultCode.EESUCCESS, target.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task The_owner_reads_as_before_unless_it_says_otherwise()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("abc");
        AwaitCondition(() => StatusOf(CreateTestProbe(), first.Handle.Socket).Facts.Unread == 3, Patience);
        var byMessages = Reattach(owner, first.Handle, Reading.Once);
        Assert.Null(byMessages.Lease);
        Assert.Equal(byMessages.Handle, owner.ExpectMsg<Received>().Handle);
        var again = Reattach(owner, byMessages.Handle);
        Assert.Null(again.Lease);
        Assert.Equal((again.Handle, 0L), Of(owner.ExpectMsg<Received>()));
        var back = Reattach(owner, again.Handle, Reading.Lease);
        Assert.Equal("abc", await back.Lease.ReadTextAsync(3));
        back.Handle.Socket.Tell(new ReadBy(back.Handle, Reading.Passive), owner);
        owner.ExpectMsg<Confirmed>();
        Assert.Null(Reattach(owner, back.Handle).Lease);
    }

    [Fact]
    public async Task The_end_of_the_input_is_told_again_in_the_new_epoch()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner, Reading.Active(4));
        using var _ = peer;
        await peer.SendAsync("last");
        peer.FinishSending();
        owner.ExpectMsg<Received>();
        Assert.Equal(4, owner.ExpectMsg<PeerFinished>().Position);
        var second = Reattach(owner, first.Handle);
        Assert.Equal((second.Handle, 0L), Of(owner.ExpectMsg<Received>()));
        Assert.Equal(second.Handle, owner.ExpectMsg<PeerFinished>().Handle);
        var third = Reattach(owner, second.Handle, Reading.Lease);
        Assert.Equal("last"u8.ToArray(), await third.Lease.ReadToEndAsync());
        await third.Lease.WriteAsync("reply");
        Assert.Equal("reply", await peer.ReceiveTextAsync(5));
    }

    [Fact]
    public async Task What_a_peer_sent_before_its_reset_is_delivered_again_and_then_the_reset()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner);
        await peer.SendAsync("tail");
        AwaitCondition(() => StatusOf(CreateTestProbe(), first.Handle.Socket).Facts.Unread == 4, Patience);
        peer.Reset();
        var open = await first.Lease!.Input.ReadAtLeastAsync(4);
        var second = Reattach(owner, first.Handle);
        Assert.Equal("tail", await second.Lease.ReadTextAsync(4));
        Assert.Equal("tail", Encoding.ASCII.GetString(open.Buffer.ToArray()));
        var gone = await Assert.ThrowsAsync<SocketFailedException>(() => second.Lease.ReadAsync(1));
        Assert.Equal(ResultCode.EERESET, gone.Code);
        var closed = owner.ExpectMsg<Closed>();
        Assert.Equal((second.Handle, ResultCode.EERESET), (closed.Handle, closed.Result.Code));
    }

    [Fact]
    public async Task A_write_that_waits_for_room_is_refused_and_Acquired_tells_how_much_of_it_went()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner, Reading.Passive);
        using var _ = peer;
        // More than the operating system takes from one who is not read from.
        var waiting = new Write(first.Handle, new byte[32 * 1024 * 1024]);
        first.Handle.Socket.Tell(waiting, owner);
        var second = Reattach(owner, first.Handle);
        var refused = owner.ExpectMsg<Refused>();
        Assert.Equal((waiting, ResultCode.EESECURITY), (refused.Command, refused.Result.Code));
        second.Handle.Socket.Tell(new Write(second.Handle, "next"u8.ToArray()), owner);
        var bytes = await peer.ReceiveAsync((int)second.Written + 4);
        Assert.Equal("next"u8.ToArray(), bytes[^4..]);
        Assert.InRange(second.Written, 1, waiting.Bytes.Length - 1);
    }

    [Fact]
    public async Task A_listener_is_reattached_like_a_connection_and_accepts_all_the_while()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        var handle = listening.Handle;
        for (var i = 0; i < 20; i++) handle = Reattach(owner, handle).Handle;
        Assert.Equal(21, handle.Epoch);
        using var peer = await ConnectAsync(listening);
        Take(acceptor);
        handle.Socket.Tell(new Close(listening.Handle), owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        handle.Socket.Tell(new Close(handle), owner);
        Assert.Equal(handle, owner.ExpectMsg<Closed>().Handle);
    }

    private static (SocketHandle, long) Of(Received received) => (received.Handle, received.Position);
}
