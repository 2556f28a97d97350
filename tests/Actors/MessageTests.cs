using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class MessageTests(ITestOutputHelper output)
    : SocketTestKit(output, "handoff.io { received-size = 4, max-write = 300KiB }")
{
    [Fact]
    public async Task An_active_owner_gets_bytes_in_order_as_it_consumes_them()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Active(2));
        using var _ = peer;
        Assert.Null(acquired.Lease);
        await peer.SendAsync("abcdefghij");
        var text = new StringBuilder();
        while (text.Length < 10)
        {
            var received = owner.ExpectMsg<Received>();
            Assert.Equal(text.Length, received.Position);
            text.Append(Text(received));
            acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, received.End), owner);
        }

        Assert.Equal("abcdefghij", text.ToString());
        peer.FinishSending();
        Assert.Equal(10, owner.ExpectMsg<PeerFinished>().Position);
    }

    [Fact]
    public async Task No_more_messages_are_out_than_there_are_credits()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Active(2));
        using var _ = peer;
        await peer.SendAsync("aaaabbbbcccc");
        var first = owner.ExpectMsg<Received>();
        Assert.Equal("bbbb", Text(owner.ExpectMsg<Received>()));
        StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        owner.ExpectNoMsg(TimeSpan.Zero);
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, first.End), owner);
        Assert.Equal("cccc", Text(owner.ExpectMsg<Received>()));
    }

    [Fact]
    public async Task A_passive_owner_gets_nothing_and_once_means_once()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        using var _ = peer;
        await peer.SendAsync("aaaabbbb");
        AwaitCondition(() => StatusOf(CreateTestProbe(), acquired.Handle.Socket).Facts.Unread == 8, Patience);
        owner.ExpectNoMsg(TimeSpan.Zero);
        acquired.Handle.Socket.Tell(new ReadBy(acquired.Handle, Reading.Once), owner);
        Assert.Equal("aaaa", Text(owner.ExpectMsg<Received>()));
        StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_was_delivered_and_not_consumed_goes_to_the_next_owner()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, Reading.Active(3));
        using var _ = peer;
        await peer.SendAsync("aaaabbbbcccc");
        var first = owner.ExpectMsg<Received>();
        owner.ExpectMsg<Received>();
        owner.ExpectMsg<Received>();
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, first.End - 1), owner);
        Release(owner, acquired.Handle, target);
        var second = Take(target);
        Assert.Equal(3, second.Consumed);
        Assert.Equal("abbbbcccc", await second.Lease.ReadTextAsync(9));
    }

    [Fact]
    public async Task A_revert_delivers_again_on_the_same_credits()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, Reading.Count(2));
        using var _ = peer;
        await peer.SendAsync("aaaabbbbcccc");
        Assert.Equal("aaaa", Text(owner.ExpectMsg<Received>()));
        Assert.Equal("bbbb", Text(owner.ExpectMsg<Received>()));
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target);
        owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal("aaaa", Text(owner.ExpectMsg<Received>()));
        Assert.Equal("bbbb", Text(owner.ExpectMsg<Received>()));
        StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_active_owner_has_the_same_credits_after_a_revert_and_not_one_more()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, Reading.Active(3));
        using var _ = peer;
        await peer.SendAsync("aaaabbbbccccddddeeee");
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, owner.ExpectMsg<Received>().End), owner);
        for (var i = 0; i < 3; i++) owner.ExpectMsg<Received>();
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target);
        owner.ExpectMsg<ReleaseFailed>();
        foreach (var text in new[] { "bbbb", "cccc", "dddd" }) Assert.Equal(text, Text(owner.ExpectMsg<Received>()));
        StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task While_on_offer_nothing_is_delivered_and_a_consumed_is_refused_and_delivered_again_on_revert()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, Reading.Active(2));
        using var _ = peer;
        await peer.SendAsync("aaaa");
        var early = owner.ExpectMsg<Received>();
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, early.End), owner);
        Assert.Equal(ResultCode.EESOCKRLSD, owner.ExpectMsg<Refused>().Result.Code);
        await peer.SendAsync("bbbb");
        AwaitCondition(() => StatusOf(CreateTestProbe(), acquired.Handle.Socket).Facts.Unread == 8, Patience);
        owner.ExpectNoMsg(TimeSpan.Zero);
        Time.Advance(offered.Within);
        owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal(("aaaa", early.Position), TextAt(owner.ExpectMsg<Received>()));
        Assert.Equal(("bbbb", early.End), TextAt(owner.ExpectMsg<Received>()));
    }

    [Fact]
    public async Task After_a_crash_what_was_not_consumed_is_delivered_again_on_the_credits_of_the_new_epoch()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner, Reading.Count(3));
        using var _ = peer;
        await peer.SendAsync("aaaabbbbccccddddeeee");
        var consumed = owner.ExpectMsg<Received>();
        first.Handle.Socket.Tell(new Consumed(first.Handle, consumed.End), owner);
        var lost = owner.ExpectMsg<Received>();
        owner.ExpectMsg<Received>();
        var second = Reattach(owner, first.Handle);
        Assert.Equal((2L, 4L), (second.Handle.Epoch, second.Consumed));
        foreach (var text in new[] { "bbbb", "cccc", "dddd" })
        {
            var received = owner.ExpectMsg<Received>();
            Assert.Equal((text, second.Handle), (Text(received), received.Handle));
        }

        StatusOf(CreateTestProbe(), second.Handle.Socket);
        owner.ExpectNoMsg(TimeSpan.Zero);
        second.Handle.Socket.Tell(new Consumed(first.Handle, lost.End), owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal(16, StatusOf(CreateTestProbe(), second.Handle.Socket).Facts.Unread);
        second.Handle.Socket.Tell(new Write(first.Handle, new byte[1]), owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task An_owner_may_change_its_mind_about_how_it_reads()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Once);
        using var _ = peer;
        await peer.SendAsync("aaaabbbb");
        var received = owner.ExpectMsg<Received>();
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, received.End), owner);
        acquired.Handle.Socket.Tell(new ReadBy(acquired.Handle, Reading.Lease), owner);
        var lease = owner.ExpectMsg<Leased>().Lease;
        Assert.Equal("bb", await lease.ReadTextAsync(2));
        var back = new ReadBy(acquired.Handle, Reading.Active(1));
        acquired.Handle.Socket.Tell(back, owner);
        Assert.Same(back, owner.ExpectMsg<Confirmed>().Command);
        Assert.Equal("bb", Text(owner.ExpectMsg<Received>()));
        Assert.Throws<SocketFailedException>(() => lease.Input.TryRead(out var _));
    }

    [Fact]
    public async Task Three_writes_and_a_close_deliver_everything()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        using var _ = peer;
        foreach (var word in new[] { "one ", "two ", "three" })
        {
            acquired.Handle.Socket.Tell(new Write(acquired.Handle, Encoding.ASCII.GetBytes(word)), owner);
        }

        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        foreach (var position in new[] { 4, 8, 13 }) Assert.Equal(position, owner.ExpectMsg<Written>().Position);
        Assert.Equal("one two three"u8.ToArray(), await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_write_that_waits_for_room_refuses_the_next_one_and_is_accepted_later()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        using var _ = peer;
        var bytes = new byte[300 * 1024];
        var accepted = 0;
        Write pending;
        // The operating system takes what it can; then one write waits for room, and the byte after it is refused.
        while (true)
        {
            pending = new Write(acquired.Handle, bytes);
            var next = new Write(acquired.Handle, new byte[1]);
            acquired.Handle.Socket.Tell(pending, owner);
            acquired.Handle.Socket.Tell(next, owner);
            if (owner.ExpectMsg<object>() is Refused refused)
            {
                Assert.Equal((next, ResultCode.EEALREADY), (refused.Command, refused.Result.Code));
                break;
            }

            owner.ExpectMsg<Written>();
            accepted += bytes.Length + 1;
        }

        accepted += bytes.Length;
        Assert.Equal(accepted, (await peer.ReceiveAsync(accepted)).Length);
        Assert.Same(pending, owner.ExpectMsg<Written>().Write);
    }

    [Fact]
    public async Task A_write_that_a_close_cuts_short_is_refused_and_what_was_accepted_of_it_is_sent()
    {
        var owner = CreateTestProbe();
        using var narrow = await NarrowConnection.OpenAsync(Handoff, owner);
        var write = new Write(narrow.Handle, new byte[narrow.Block + 1]);
        narrow.Handle.Socket.Tell(write, owner);
        narrow.Handle.Socket.Tell(new Close(narrow.Handle), owner);
        var refused = owner.ExpectMsg<Refused>();
        Assert.Equal((write, ResultCode.EEBADF), (refused.Command, refused.Result.Code));
        var (received, buffer) = (0, new byte[64 * 1024]);
        var peer = narrow.Peer;
        while (await peer.ReceiveAsync(buffer) is { IsSuccess: true, Bytes: > 0 and var bytes }) received += bytes;
        Assert.Equal(narrow.Block, received);
    }

    [Fact]
    public async Task A_write_that_cannot_be_is_refused_by_code()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Write(acquired.Handle, new byte[(300 * 1024) + 1]), owner);
        Assert.Equal(ResultCode.EEMSGSIZE, owner.ExpectMsg<Refused>().Result.Code);
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, 1), owner);
        Assert.Equal(ResultCode.EEBADDATA, owner.ExpectMsg<Refused>().Result.Code);
        acquired.Handle.Socket.Tell(new FinishSending(acquired.Handle), owner);
        owner.ExpectMsg<Confirmed>();
        acquired.Handle.Socket.Tell(new Write(acquired.Handle, new byte[1]), owner);
        Assert.Equal(ResultCode.EENOTCONN, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Empty(await peer.ReceiveToEndAsync());
        var (leased, other) = await OwnAsync(CreateTestProbe());
        using var __ = other;
        leased.Handle.Socket.Tell(new Write(leased.Handle, new byte[1]), owner);
        Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<Refused>().Result.Code);
    }

    private static (string, long) TextAt(Received received) => (Text(received), received.Position);

    private static string Text(Received received) => Encoding.ASCII.GetString(received.Bytes.Span);
}
