using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// What a loan comes to when one of those who have to do with it ends.
public sealed class LoanDeathTests(ITestOutputHelper output) : LoanTestKit(output)
{
    [Fact]
    public async Task A_borrower_that_stops_gives_it_back_at_once_and_what_it_had_open_is_torn()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        await peer.SendAsync("kept");
        var (release, second) = Lend(lender, first.Handle, borrower);
        var open = await second.Lease!.Input.ReadAtLeastAsync(4);
        "lost"u8.CopyTo(second.Lease.Output.GetSpan(4));
        second.Lease.Output.Advance(4);
        Sys.Stop(borrower);
        var third = Back(lender, release, LoanOutcome.BorrowerDied);
        Assert.Equal("kept", await third.Lease.ReadTextAsync(4));
        Assert.Throws<SocketFailedException>(() => second.Lease.Input.AdvanceTo(open.Buffer.End));
        await third.Lease.WriteAsync("sent");
        Assert.Equal("sent", await peer.ReceiveTextAsync(4));
    }

    [Fact]
    public async Task When_the_lender_has_stopped_its_heir_is_asked_at_the_end_of_the_loan_and_not_before()
    {
        var (lender, borrower, heir) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        lender.Send(first.Handle.Socket, new SetHeir(first.Handle, heir));
        lender.ExpectMsg<Confirmed>();
        Lend(lender, first.Handle, borrower);
        StopLender(lender, first.Handle.Socket);
        heir.ExpectNoMsg(TimeSpan.Zero);
        Time.Advance(Loan);
        Assert.Equal(LoanOutcome.Expired, borrower.ExpectMsg<LoanOver>().Outcome);
        Assert.Equal(3, Take(heir).Handle.Epoch);
    }

    [Theory]
    [InlineData("expires")]
    [InlineData("is returned")]
    [InlineData("is a dead borrower's")]
    public async Task When_the_lender_has_stopped_and_has_no_heir_the_socket_closes_once_the_loan(string how)
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        var (_, second) = Lend(lender, first.Handle, borrower);
        await second.Lease.WriteAsync("last words");
        StopLender(lender, first.Handle.Socket);
        switch (how)
        {
            case "expires": Time.Advance(Loan); break;
            case "is returned": borrower.Send(second.Handle.Socket, new Return(second.Handle)); break;
            default: Sys.Stop(borrower); break;
        }

        Assert.Equal("last words"u8.ToArray(), await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_loan_whose_lender_stopped_before_it_began_is_one_all_the_same()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        var socket = first.Handle.Socket;
        lender.Send(socket, new Release(first.Handle, borrower) { LoanFor = Loan });
        var offered = borrower.ExpectMsg<Offered>();
        Sys.Stop(lender);
        AwaitCondition(() => StatusOf(CreateTestProbe(), socket).State == "Bequeathed", Patience);
        borrower.Send(socket, new Acquire(offered.Offer, borrower));
        borrower.ExpectMsg<Acquired>();
        Time.Advance(Loan);
        Assert.Equal(LoanOutcome.Expired, borrower.ExpectMsg<LoanOver>().Outcome);
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_connection_that_ends_while_it_is_lent_is_told_to_both()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        var (release, second) = Lend(lender, first.Handle, borrower);
        peer.Reset();
        var closed = borrower.ExpectMsg<Closed>();
        Assert.Equal((second.Handle, ResultCode.EERESET), (closed.Handle, closed.Result.Code));
        var returned = lender.ExpectMsg<Returned>();
        Assert.Equal((release, LoanOutcome.Closed), (returned.Release, returned.Outcome));
        Assert.Equal(ResultCode.EERESET, returned.Result.Code);
    }

    [Fact]
    public async Task A_socket_that_crashes_while_it_is_lent_is_told_to_both()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        Lend(lender, first.Handle, borrower);
        first.Handle.Socket.Tell(Kill.Instance);
        Assert.Equal(ResultCode.EEABORTED, borrower.ExpectMsg<Closed>().Result.Code);
        Assert.Equal(LoanOutcome.Closed, lender.ExpectMsg<Returned>().Outcome);
    }

    [Fact]
    public async Task Input_that_a_borrower_crashes_on_goes_back_to_the_lender()
    {
        var (lender, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(lender);
        using var _ = peer;
        await peer.SendAsync("poison");
        AwaitCondition(() => StatusOf(lender, first.Handle.Socket).Facts.Unread == 6, Patience);
        var (_, second) = Lend(lender, first.Handle, borrower);
        var handle = second.Handle;
        for (var i = 0; i < Handoff.Settings.MaxReattach; i++) handle = Reattach(borrower, handle).Handle;
        handle.Socket.Tell(new Reattach(handle, borrower), borrower);
        Assert.Equal(LoanOutcome.Returned, borrower.ExpectMsg<LoanOver>().Outcome);
        Assert.Contains("max-reattach", lender.ExpectMsg<Returned>().Result.Reason, StringComparison.Ordinal);
        var third = lender.ExpectMsg<Acquired>();
        Assert.Equal("poison", await third.Lease.ReadTextAsync(6));
        Assert.Equal(third.Handle.Epoch + 1, Reattach(lender, third.Handle).Handle.Epoch);
    }
}
