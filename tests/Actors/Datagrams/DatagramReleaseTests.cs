using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Datagrams;

public sealed class DatagramReleaseTests(ITestOutputHelper output) : DatagramTestKit(output)
{
    [Fact]
    public async Task A_datagram_socket_is_released_with_what_was_not_consumed_and_who_sent_it()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var first = Bind(owner);
        using var peer = Peer();
        Send(peer, first, "one", "two", "three");
        Assert.Equal("one", await TakeAsync(first.Messages));
        AwaitUnread(first, 2);
        var release = Release(owner, first.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Assert.Equal((SocketKind.Datagrams, "udp"), (offered.Facts.Kind, offered.Facts.Transport));
        Assert.Equal((2, 8), (offered.Facts.UnreadMessages, offered.Facts.Unread));
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        var second = target.ExpectMsg<Acquired>();
        Assert.Same(release, owner.ExpectMsg<Released>().Release);
        Assert.Equal((2L, 1L, first.Facts.Local), (second.Handle.Epoch, second.Consumed, second.Facts.Local));
        var two = await ReadAsync(second.Messages);
        Assert.Equal(("two", peer.LocalEndPoint), (Ascii(two), two.Facts.Address));
        second.Messages!.Consume();
        Assert.Equal("three", await TakeAsync(second.Messages));
        Assert.Equal(ResultCode.EESECURITY, (await ReadAsync(first.Messages)).Code);
        var late = await first.Messages!.SendAsync("late"u8.ToArray(), peer.LocalEndPoint);
        Assert.Equal(ResultCode.EESECURITY, late.Code);
        Assert.True((await second.Messages.SendAsync("new"u8.ToArray(), peer.LocalEndPoint)).IsSuccess);
        Assert.Equal("new", await ReceiveAsync(peer));
    }

    [Fact]
    public void A_lender_that_read_by_messages_does_so_again_when_its_datagram_socket_comes_back()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var first = Bind(lender, Reading.Active(4));
        using var peer = Peer();
        var loan = TimeSpan.FromSeconds(9);
        lender.Send(first.Handle.Socket, new Release(first.Handle, borrower) { LoanFor = loan });
        Assert.NotNull(Take(borrower).Messages);
        lender.ExpectMsg<Released>();
        Time.Advance(loan);
        Assert.Equal(LoanOutcome.Expired, lender.ExpectMsg<Returned>().Outcome);
        Assert.Null(lender.ExpectMsg<Acquired>().Messages);
        Send(peer, first, "again");
        Assert.Equal("again", Text(lender.ExpectMsg<ReceivedFrom>()));
    }

    [Theory]
    [InlineData(OfferOutcome.TimedOut)]
    [InlineData(OfferOutcome.Declined)]
    [InlineData(OfferOutcome.Revoked)]
    [InlineData(OfferOutcome.TargetDied)]
    public async Task What_arrived_while_on_offer_comes_back_with_a_revert(OfferOutcome how)
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var acquired = Bind(owner);
        using var peer = Peer();
        Send(peer, acquired, "before");
        AwaitUnread(acquired, 1);
        var release = Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        var pending = ReadAsync(acquired.Messages);
        Send(peer, acquired, "meanwhile");
        AwaitUnread(acquired, 2);
        Assert.False(pending.IsCompleted);
        switch (how)
        {
            case OfferOutcome.TimedOut: Time.Advance(offered.Within); break;
            case OfferOutcome.TargetDied: Sys.Stop(target); break;
            case OfferOutcome.Revoked: acquired.Handle.Socket.Tell(new Revoke(acquired.Handle, release), owner); break;
            default: offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target); break;
        }

        var failed = owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal((how, ResultCode.EESOCKNOTRLSD), (failed.Outcome, failed.Result.Code));
        Assert.Equal("before", Ascii(await pending));
        acquired.Messages!.Consume();
        Assert.Equal("meanwhile", await TakeAsync(acquired.Messages));
    }

    [Fact]
    public async Task What_arrived_while_on_offer_is_the_targets_once_it_acquires()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var acquired = Bind(owner);
        using var peer = Peer();
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Send(peer, acquired, "", "meanwhile");
        AwaitUnread(acquired, 2);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        var second = target.ExpectMsg<Acquired>();
        Assert.Equal("", await TakeAsync(second.Messages));
        Assert.Equal("meanwhile", await TakeAsync(second.Messages));
    }

    [Fact]
    public async Task A_release_with_a_message_open_is_refused_and_with_it_put_back_it_goes()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var acquired = Bind(owner);
        using var peer = Peer();
        Send(peer, acquired, "one");
        await ReadAsync(acquired.Messages);
        Release(owner, acquired.Handle, target);
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        acquired.Messages!.PutBack();
        Release(owner, acquired.Handle, target);
        Assert.Equal("one", await TakeAsync(Take(target).Messages));
    }

    [Fact]
    public void A_release_pushes_no_bytes_back()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var acquired = Bind(owner);
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target) { PushBack = new byte[1] }, owner);
        Assert.Equal(ResultCode.EEBADDATA, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal("Held", StatusOf(owner, acquired.Handle.Socket).State);
    }

    [Fact]
    public async Task A_release_to_itself_begins_a_new_epoch_and_loses_nothing()
    {
        var owner = CreateTestProbe();
        var first = Bind(owner);
        using var peer = Peer();
        Send(peer, first, "one");
        AwaitUnread(first, 1);
        Release(owner, first.Handle, owner);
        var offered = owner.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, owner), owner);
        owner.ExpectMsg<Released>();
        var second = owner.ExpectMsg<Acquired>();
        Assert.Equal((2L, 1L), (second.Handle.Epoch, second.Facts.UnreadMessages));
        Assert.Equal("one", await TakeAsync(second.Messages));
    }

    [Fact]
    public async Task An_owner_that_stops_closes_its_socket_and_its_port_is_free_again()
    {
        var owner = CreateTestProbe();
        var acquired = Bind(owner);
        using var peer = Peer();
        Assert.True((await acquired.Messages!.SendAsync("last words"u8.ToArray(), peer.LocalEndPoint)).IsSuccess);
        Watch(acquired.Handle.Socket);
        Sys.Stop(owner);
        ExpectTerminated(acquired.Handle.Socket);
        Assert.Equal("last words", await ReceiveAsync(peer));
        var next = CreateTestProbe();
        Handoff.Sockets.Tell(new Bind(acquired.Facts.Local, next), next);
        Assert.Equal(acquired.Facts.Local, next.ExpectMsg<Acquired>().Facts.Local);
    }

    [Fact]
    public async Task The_heir_of_a_dead_owner_goes_on_with_the_first_message_that_was_not_consumed()
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        Handoff.Sockets.Tell(new Bind(AnyPort, owner) { Heir = heir }, owner);
        var first = owner.ExpectMsg<Acquired>();
        using var peer = Peer();
        Send(peer, first, "one", "two", "three");
        Assert.Equal("one", await TakeAsync(first.Messages));
        var seen = await ReadAsync(first.Messages);
        Sys.Stop(owner);
        var second = Take(heir);
        Assert.Equal("two", await TakeAsync(second.Messages));
        Assert.Equal("three", await TakeAsync(second.Messages));
        Assert.Equal("two", Ascii(seen));
        Assert.Equal(ResultCode.EESECURITY, first.Messages!.Consume());
    }

    [Fact]
    public async Task A_restarted_owner_reads_again_what_it_had_not_consumed()
    {
        var owner = CreateTestProbe();
        var first = Bind(owner);
        using var peer = Peer();
        Send(peer, first, "one", "two");
        Assert.Equal("one", await TakeAsync(first.Messages));
        await ReadAsync(first.Messages);
        var second = Reattach(owner, first.Handle);
        Assert.Equal((2L, 1L), (second.Handle.Epoch, second.Consumed));
        Assert.Equal("two", await TakeAsync(second.Messages));
        Assert.Equal(ResultCode.EESECURITY, first.Messages!.Consume());
    }

    [Fact]
    public async Task A_message_that_its_owner_always_crashes_on_closes_the_socket()
    {
        var owner = CreateTestProbe();
        var acquired = Bind(owner);
        using var peer = Peer();
        Send(peer, acquired, "poison");
        for (var i = 0; i < Handoff.Settings.MaxReattach; i++)
        {
            await ReadAsync(acquired.Messages);
            acquired = Reattach(owner, acquired.Handle);
        }

        await ReadAsync(acquired.Messages);
        acquired.Handle.Socket.Tell(new Reattach(acquired.Handle, owner), owner);
        Assert.Equal(ResultCode.EEQUOTA, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task A_lent_datagram_socket_comes_back_with_what_was_not_consumed_and_is_read_as_before()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var first = Bind(lender, Reading.Active(1));
        using var peer = Peer();
        var loan = TimeSpan.FromSeconds(30);
        first.Handle.Socket.Tell(new Release(first.Handle, borrower) { LoanFor = loan }, lender);
        var second = Take(borrower);
        lender.ExpectMsg<Released>();
        Send(peer, second, "one", "two");
        Assert.Equal("one", await TakeAsync(second.Messages));
        await ReadAsync(second.Messages);
        Time.Advance(loan);
        borrower.ExpectMsg<LoanOver>();
        lender.ExpectMsg<Returned>();
        Assert.Equal((3L, 1L), (lender.ExpectMsg<Acquired>().Handle.Epoch, second.Messages!.ConsumedPosition));
        Assert.Equal("two", Text(lender.ExpectMsg<ReceivedFrom>()));
    }

    [Fact]
    public async Task A_closed_socket_is_told_so_once_and_a_second_close_is_refused()
    {
        var owner = CreateTestProbe();
        var acquired = Bind(owner);
        Watch(acquired.Handle.Socket);
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        var told = new[] { owner.ExpectMsg<object>(), owner.ExpectMsg<object>() };
        Assert.Equal(ResultCode.EESUCCESS, Assert.Single(told.OfType<Closed>()).Result.Code);
        Assert.Equal(ResultCode.EEBADF, Assert.Single(told.OfType<Refused>()).Result.Code);
        Assert.Equal(ResultCode.EEBADF, (await ReadAsync(acquired.Messages)).Code);
        ExpectTerminated(acquired.Handle.Socket);
    }

    private static string Ascii(MessageResult message) => System.Text.Encoding.ASCII.GetString(message.Bytes.Span);
}
