using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// Ownership that comes back by itself.
public sealed class LoanTests(ITestOutputHelper output) : LoanTestKit(output)
{
    [Fact]
    public async Task A_lent_socket_is_the_lenders_again_when_its_time_is_over()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        await peer.SendAsync("onetwo");
        var (release, second) = Lend(lender, first.Handle, borrower);
        Assert.Equal("one", await second.Lease.ReadTextAsync(3));
        await second.Lease.WriteAsync("borrowed");
        Time.Advance(Loan - TimeSpan.FromMilliseconds(1));
        var status = StatusOf(CreateTestProbe(), second.Handle.Socket);
        Assert.Equal(("Lent", borrower.Ref, lender.Ref), (status.State, status.Owner, status.Lender));
        Assert.Equal(TimeSpan.FromMilliseconds(1), status.Left);
        lender.ExpectNoMsg(TimeSpan.Zero);

        Time.Advance(TimeSpan.FromMilliseconds(1));
        var third = Back(lender, release, LoanOutcome.Expired);
        Assert.Equal(new LoanOver(first.Handle.Id, 2, LoanOutcome.Expired), borrower.ExpectMsg<LoanOver>());
        Assert.Equal((3L, 3L, 8L), (third.Handle.Epoch, third.Consumed, third.Written));
        var late = Assert.Throws<SocketFailedException>(() => second.Lease!.Output.GetMemory(1));
        Assert.Equal(ResultCode.EESECURITY, late.Code);
        Assert.Equal("two", await third.Lease.ReadTextAsync(3));
        await third.Lease.WriteAsync("back");
        Assert.Equal("borrowedback", await peer.ReceiveTextAsync(12));
        CustodyChange[] changes = [CustodyChange.Opened, CustodyChange.Lent, CustodyChange.Returned];
        Assert.Equal(changes, StatusOf(lender, third.Handle.Socket).History.Select(record => record.Change));
    }

    [Fact]
    public async Task A_borrower_may_return_it_early_and_says_why()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        var (release, second) = Lend(lender, first.Handle, borrower);
        second.Handle.Socket.Tell(new Return(second.Handle, "logged in"), borrower);
        Assert.Equal(LoanOutcome.Returned, borrower.ExpectMsg<LoanOver>().Outcome);
        Assert.Equal("logged in", lender.ExpectMsg<Returned>().Result.Reason);
        var third = lender.ExpectMsg<Acquired>();
        Time.Advance(Loan);
        var status = StatusOf(lender, third.Handle.Socket);
        Assert.Equal(("Held", lender.Ref, 3L), (status.State, status.Owner, status.Epoch));
        second.Handle.Socket.Tell(new Return(second.Handle), borrower);
        Assert.Equal(ResultCode.EESECURITY, borrower.ExpectMsg<Refused>().Result.Code);
        Assert.NotNull(release);
    }

    [Fact]
    public async Task A_borrower_may_use_it_and_not_dispose_of_it()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        var (_, second) = Lend(lender, first.Handle, borrower, Reading.Once);
        var handle = second.Handle;
        foreach (var command in new object[]
        {
            new Release(handle, borrower), new Release(handle, lender) { LoanFor = Loan },
            new SetHeir(handle, borrower), new Close(handle), new Abort(handle),
        })
        {
            handle.Socket.Tell(command, borrower);
            var refused = borrower.ExpectMsg<Refused>();
            Assert.Equal((command, ResultCode.EESOCKRLSD), (refused.Command, refused.Result.Code));
            Assert.Contains("on loan", refused.Result.Reason, StringComparison.Ordinal);
        }

        handle.Socket.Tell(new Write(handle, "used"u8.ToArray()), borrower);
        borrower.ExpectMsg<Written>();
        Assert.Equal("used", await peer.ReceiveTextAsync(4));
        first.Handle.Socket.Tell(new Close(first.Handle), lender);
        Assert.Equal(ResultCode.EESECURITY, lender.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task A_lender_reads_on_as_it_did_before()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender, Reading.Active(2));
        using var _ = peer;
        var (release, second) = Lend(lender, first.Handle, borrower);
        await peer.SendAsync("abcdef");
        Assert.Equal("abc", await second.Lease.ReadTextAsync(3));
        Time.Advance(Loan);
        Assert.Null(Back(lender, release, LoanOutcome.Expired).Lease);
        var received = lender.ExpectMsg<Received>();
        Assert.Equal((3L, "def"), (received.Position, System.Text.Encoding.ASCII.GetString(received.Bytes.Span)));
    }

    [Fact]
    public async Task A_restarted_borrower_goes_on_until_the_same_end()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        var (release, second) = Lend(lender, first.Handle, borrower);
        Time.Advance(Loan / 2);
        Assert.Equal(3, Reattach(borrower, second.Handle).Handle.Epoch);
        Time.Advance(Loan / 2);
        Assert.Equal(4, Back(lender, release, LoanOutcome.Expired).Handle.Epoch);
        Assert.Equal(3, borrower.ExpectMsg<LoanOver>().Epoch);
    }

    [Fact]
    public async Task A_loan_that_nobody_takes_reverts_like_any_offer()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        lender.Send(first.Handle.Socket, new Release(first.Handle, borrower) { LoanFor = Loan });
        var offered = borrower.ExpectMsg<Offered>();
        borrower.Send(offered.Offer.Socket, new Decline(offered.Offer, borrower, "no"));
        Assert.Equal(OfferOutcome.Declined, lender.ExpectMsg<ReleaseFailed>().Outcome);
        await first.Lease.WriteAsync("mine");
        Assert.Equal("mine", await peer.ReceiveTextAsync(4));
        Release(lender, first.Handle, borrower);
        Assert.Null(borrower.FishForMessage<Offered>(_ => true).LoanFor);
    }

    [Fact]
    public async Task A_loan_to_oneself_is_a_new_epoch_and_no_loan()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        owner.Send(first.Handle.Socket, new Release(first.Handle, owner) { LoanFor = Loan });
        var offered = owner.ExpectMsg<Offered>();
        owner.Send(offered.Offer.Socket, new Acquire(offered.Offer, owner));
        owner.ExpectMsg<Released>();
        var second = owner.ExpectMsg<Acquired>();
        Time.Advance(Loan);
        Assert.Equal(("Held", 2L), (StatusOf(owner, second.Handle.Socket).State, second.Handle.Epoch));
    }

    [Fact]
    public async Task A_loan_that_cannot_be_and_a_return_of_what_is_not_lent_are_refused_by_code()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var socket = acquired.Handle.Socket;
        foreach (var time in new[] { TimeSpan.Zero, -Loan, Handoff.Settings.MaxLoan + TimeSpan.FromTicks(1) })
        {
            owner.Send(socket, new Release(acquired.Handle, target) { LoanFor = time });
            var refused = owner.ExpectMsg<Refused>();
            Assert.Equal(ResultCode.EEQUOTA, refused.Result.Code);
            Assert.Contains("handoff.owner.max-loan", refused.Result.Reason, StringComparison.Ordinal);
        }

        owner.Send(socket, new Return(acquired.Handle));
        Assert.Equal(ResultCode.EESOCKNOTRLSD, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal("Held", StatusOf(owner, socket).State);
    }

    [Fact]
    public async Task A_listener_is_lent_like_a_connection_and_offers_to_whoever_has_it()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(lender);
        Lend(lender, listening.Handle, borrower);

        using var peer = await ConnectAsync(listening);
        Take(borrower);
        Time.Advance(Loan);
        lender.FishForMessage<Returned>(_ => true);
        Assert.Equal(3, lender.ExpectMsg<Acquired>().Handle.Epoch);
        using var late = await ConnectAsync(listening);
        lender.ExpectMsg<Offered>();
    }

    [Fact]
    public async Task Code_outside_actors_returns_what_it_borrowed_by_disposing_of_it()
    {
        var lender = CreateTestProbe();
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        await using var target = await Handoff.OpenTargetAsync();
        var release = new Release(first.Handle, target.Ref) { LoanFor = Loan };
        lender.Send(first.Handle.Socket, release);
        var borrowed = await target.AcquireNextAsync();
        await borrowed.Lease.WriteAsync("hi");
        await borrowed.DisposeAsync();
        lender.ExpectMsg<Released>();
        var back = Back(lender, release, LoanOutcome.Returned);
        Assert.Equal("hi", await peer.ReceiveTextAsync(2));
        await back.Lease.WriteAsync("!");
        Assert.Equal("!", await peer.ReceiveTextAsync(1));
    }
}
