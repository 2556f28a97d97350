using System.Net.Sockets;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Datagrams;

// Connections of records change hands as streams do, a record at a time.
public sealed class RecordReleaseTests(ITestOutputHelper output) : RecordTestKit(output)
{
    [Fact]
    public async Task Records_that_were_not_consumed_go_to_the_next_owner_whole_and_in_order()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnRecordsAsync(owner);
        using var _ = peer;
        SendRecords(peer, "one", "two", "three");
        Assert.Equal("one", await TakeAsync(first.Messages));
        AwaitUnread(first, 2);
        Release(owner, first.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Assert.Equal(SocketKind.Records, offered.Facts.Kind);
        Assert.Equal((2, 8), (offered.Facts.UnreadMessages, offered.Facts.Unread));
        SendRecords(peer, "four");
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        var second = target.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();
        Assert.Equal((2L, 1L), (second.Handle.Epoch, second.Consumed));
        foreach (var record in new[] { "two", "three", "four" })
            Assert.Equal(record, await TakeAsync(second.Messages));
        Assert.Equal(ResultCode.EESECURITY, (await ReadAsync(first.Messages)).Code);
        Assert.Equal(ResultCode.EESECURITY, (await first.Messages!.SendAsync("late"u8.ToArray())).Code);
        Assert.True((await second.Messages!.SendAsync("new"u8.ToArray())).IsSuccess);
        Assert.Equal("new", await RecordAsync(peer));
    }

    [Fact]
    public async Task A_declined_offer_delivers_again_what_was_not_consumed_on_the_same_credits()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnRecordsAsync(owner, Reading.Count(2));
        using var _ = peer;
        SendRecords(peer, "a", "b", "c");
        owner.ExpectMsg<ReceivedFrom>();
        owner.ExpectMsg<ReceivedFrom>();
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        target.Send(offered.Offer.Socket, new Decline(offered.Offer, target, "no"));
        owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal("a", Text(owner.ExpectMsg<ReceivedFrom>()));
        Assert.Equal("b", Text(owner.ExpectMsg<ReceivedFrom>()));
        AwaitUnread(acquired, 3);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_peer_that_ends_while_on_offer_is_told_to_the_final_owner_after_the_last_record()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnRecordsAsync(owner, Reading.Passive);
        Release(owner, first.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        SendRecords(peer, "last");
        peer.Dispose();
        AwaitUnread(first, 1);
        target.Send(offered.Offer.Socket, new Acquire(offered.Offer, target) { Reading = Reading.Active(8) });
        var second = target.ExpectMsg<Acquired>();
        Assert.Equal("last", Text(target.ExpectMsg<ReceivedFrom>()));
        Assert.Equal(1, target.ExpectMsg<PeerFinished>().Position);
        owner.ExpectMsg<Released>();
        target.Send(second.Handle.Socket, new Close(second.Handle));
        Assert.Equal(ResultCode.EESUCCESS, target.ExpectMsg<Closed>().Result.Code);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_peer_that_resets_while_on_offer_is_told_once_after_what_it_had_sent()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnRecordsAsync(owner);
        Assert.True((await first.Messages!.SendAsync("nobody reads it"u8.ToArray())).IsSuccess);
        Release(owner, first.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        SendRecords(peer, "last words");
        peer.Dispose();
        AwaitUnread(first, 1);
        target.Send(offered.Offer.Socket, new Acquire(offered.Offer, target) { Reading = Reading.Active(8) });
        var second = target.ExpectMsg<Acquired>();
        var last = target.ExpectMsg<ReceivedFrom>();
        Assert.Equal("last words", Text(last));
        target.Send(second.Handle.Socket, new Consumed(second.Handle, last.End));
        Assert.Equal(ResultCode.EERESET, target.ExpectMsg<Closed>().Result.Code);
        owner.ExpectMsg<Released>();
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_owner_that_stops_closes_after_what_was_accepted()
    {
        if (!OperatingSystem.IsLinux()) return;
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnRecordsAsync(owner);
        using var _ = peer;
        Assert.True((await acquired.Messages!.SendAsync("last words"u8.ToArray())).IsSuccess);
        Watch(acquired.Handle.Socket);
        Sys.Stop(owner);
        ExpectTerminated(acquired.Handle.Socket);
        Assert.Equal("last words", await RecordAsync(peer));
        Assert.Equal("", await RecordAsync(peer));
    }

    [Fact]
    public async Task The_heir_goes_on_with_the_first_record_that_was_not_consumed_and_so_does_a_restarted_owner()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnRecordsAsync(owner);
        using var _ = peer;
        owner.Send(first.Handle.Socket, new SetHeir(first.Handle, heir));
        owner.ExpectMsg<Confirmed>();
        SendRecords(peer, "one", "two");
        Assert.Equal("one", await TakeAsync(first.Messages));
        await ReadAsync(first.Messages);
        var second = Reattach(owner, first.Handle);
        Assert.Equal((2L, 1L), (second.Handle.Epoch, second.Consumed));
        await ReadAsync(second.Messages);
        Sys.Stop(owner);
        var third = Take(heir);
        Assert.Equal("two", await TakeAsync(third.Messages));
    }

    [Fact]
    public async Task A_lent_connection_of_records_comes_back_and_is_read_as_before()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnRecordsAsync(lender, Reading.Active(1));
        using var _ = peer;
        var loan = TimeSpan.FromSeconds(30);
        lender.Send(first.Handle.Socket, new Release(first.Handle, borrower) { LoanFor = loan });
        var second = Take(borrower);
        lender.ExpectMsg<Released>();
        SendRecords(peer, "one", "two");
        Assert.Equal("one", await TakeAsync(second.Messages));
        Time.Advance(loan);
        borrower.ExpectMsg<LoanOver>();
        lender.ExpectMsg<Returned>();
        Assert.Equal(3L, lender.ExpectMsg<Acquired>().Handle.Epoch);
        Assert.Equal("two", Text(lender.ExpectMsg<ReceivedFrom>()));
    }

    [Fact]
    public async Task An_abort_ends_at_once_and_a_listener_that_closes_leaves_its_connections()
    {
        if (!OperatingSystem.IsLinux()) return;
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnRecordsAsync(owner); // its listener is closed by now
        using var _ = peer;
        SendRecords(peer, "alive");
        Assert.Equal("alive", await TakeAsync(acquired.Messages));
        owner.Send(acquired.Handle.Socket, new Abort(acquired.Handle));
        owner.ExpectMsg<Closed>();
        Assert.Equal("", await RecordAsync(peer));
        Assert.Equal(ResultCode.EEABORTED, (await ReadAsync(acquired.Messages)).Code);
    }

    [Fact]
    public async Task A_released_listener_of_records_offers_to_its_next_owner()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var listening = ListenForRecords(owner);
        Release(owner, listening.Handle, target);
        Take(target);
        owner.ExpectMsg<Released>();
        using var peer = await DialAsync(listening);
        SendRecords(peer, "early");
        Assert.Equal("early", await TakeAsync(Take(target).Messages));
        owner.ExpectNoMsg(TimeSpan.Zero);
    }
}
