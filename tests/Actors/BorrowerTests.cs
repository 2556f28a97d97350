using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Framing;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.AcceptFilters;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// A borrower reads and writes; it neither ends nor changes what is not its own.
public sealed class BorrowerTests : LoanTestKit
{
    private readonly TestProbe _lender;
    private readonly TestProbe _borrower;

    public BorrowerTests(ITestOutputHelper output)
        : base(output) => (_lender, _borrower) = (CreateTestProbe(), CreateTestProbe());

    [Fact]
    public async Task A_borrower_that_completes_both_pipes_gives_the_socket_back_and_the_peer_sees_no_end()
    {
        var (first, peer) = await OwnAsync(_lender);
        using var _ = peer;
        await peer.SendAsync("onetwo");
        var (release, second) = Lend(_lender, first.Handle, _borrower);
        Assert.Equal("one", await second.Lease.ReadTextAsync(3));
        "borrowed"u8.CopyTo(second.Lease!.Output.GetSpan(8));
        second.Lease.Output.Advance(8);
        await second.Lease.Output.CompleteAsync();
        var late = Assert.Throws<SocketFailedException>(() => second.Lease.Output.GetMemory(1));
        Assert.Equal(ResultCode.EENOTCONN, late.Code);
        Assert.Equal("Lent", StatusOf(CreateTestProbe(), second.Handle.Socket).State);
        await second.Lease.Input.CompleteAsync();
        var third = Back(_lender, release, LoanOutcome.Returned);
        Assert.Equal(LoanOutcome.Returned, _borrower.ExpectMsg<LoanOver>().Outcome);
        Assert.Equal((3L, 3L, 8L), (third.Handle.Epoch, third.Consumed, third.Written));
        Assert.Equal("two", await third.Lease.ReadTextAsync(3));
        await third.Lease.WriteAsync("back");
        Assert.Equal("borrowedback", await peer.ReceiveTextAsync(12));
        third.Handle.Socket.Tell(new Close(third.Handle), _lender);
        Assert.Empty(await peer.ReceiveToEndAsync());
        Assert.True(_lender.ExpectMsg<Closed>().Result.IsSuccess);
    }

    [Fact]
    public async Task A_borrower_that_completes_with_an_exception_gives_it_back_at_once_and_the_peer_is_not_reset()
    {
        var (first, peer) = await OwnAsync(_lender);
        using var _ = peer;
        var (_, second) = Lend(_lender, first.Handle, _borrower);
        "half a mess"u8.CopyTo(second.Lease!.Output.GetSpan(11));
        second.Lease.Output.Advance(11);
        await second.Lease.Output.CompleteAsync(new InvalidOperationException("I cannot go on"));
        var returned = _lender.ExpectMsg<Returned>();
        Assert.Equal((LoanOutcome.Returned, "I cannot go on"), (returned.Outcome, returned.Result.Reason));
        var third = _lender.ExpectMsg<Acquired>();
        Assert.Equal(0, third.Written);
        var late = Assert.Throws<SocketFailedException>(() => second.Lease.Input.TryRead(out var _));
        Assert.Equal(ResultCode.EESECURITY, late.Code);
        await third.Lease.WriteAsync("alive");
        Assert.Equal("alive", await peer.ReceiveTextAsync(5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_borrower_left_unread_is_the_lenders_also_when_the_peer_has_ended(bool byReset)
    {
        var (first, peer) = await OwnAsync(_lender);
        using var _ = peer;
        var (release, second) = Lend(_lender, first.Handle, _borrower);
        await peer.SendAsync("unread");
        AwaitCondition(() => StatusOf(CreateTestProbe(), first.Handle.Socket).Facts.Unread == 6, Patience);
        await second.Lease!.Input.CompleteAsync();
        if (byReset) peer.Reset();
        else peer.FinishSending();
        if (byReset) await second.Lease.WaitForFailureAsync();
        await second.Lease.Output.CompleteAsync();
        var third = Back(_lender, release, LoanOutcome.Returned);
        Assert.Equal("unread", await third.Lease.ReadTextAsync(6));
        if (!byReset) Assert.Empty(await third.Lease.ReadToEndAsync());
        else Assert.Equal(ResultCode.EERESET, (await Assert.ThrowsAsync<SocketFailedException>(
            () => third.Lease.ReadToEndAsync())).Code);
    }

    [Fact]
    public async Task A_borrower_may_neither_change_nor_end_it_and_is_refused_by_a_code_and_the_name()
    {
        var (first, peer) = await OwnAsync(_lender);
        using var _ = peer;
        var (release, second) = Lend(_lender, first.Handle, _borrower, Reading.Once);
        var handle = second.Handle;
        foreach (var command in new object[]
        {
            new SetOption(handle, SocketOption.NoDelay(false)), new SetRawOption(handle, 6, 1, new byte[4]),
            new Shutdown(handle, SocketShutdown.Receive), new Shutdown(handle, SocketShutdown.Both),
            new FinishSending(handle), new SetAcceptFilter(handle, null),
        })
        {
            handle.Socket.Tell(command, _borrower);
            var refused = _borrower.ExpectMsg<Refused>();
            Assert.Equal((command, ResultCode.EESOCKRLSD), (refused.Command, refused.Result.Code));
            Assert.StartsWith(
                $"{command.GetType().Name}: the socket is on loan", refused.Result.Reason, StringComparison.Ordinal);
        }

        handle.Socket.Tell(new GetOption(handle, SocketOptionKind.NoDelay), _borrower);
        Assert.Equal(SocketOption.NoDelay(true), _borrower.ExpectMsg<OptionValue>().Option);
        handle.Socket.Tell(new ReadBy(handle, Reading.Lease), _borrower);
        var lease = _borrower.ExpectMsg<Leased>().Lease;
        Assert.Equal(ResultCode.EESOCKRLSD, lease.Shutdown(SocketShutdown.Send).Code);
        await lease.WriteAsync("used");
        Time.Advance(Loan);
        var third = Back(_lender, release, LoanOutcome.Expired);
        Assert.True(third.Lease!.Shutdown(SocketShutdown.Send).IsSuccess);
        Assert.Equal("used", Encoding.ASCII.GetString(await peer.ReceiveToEndAsync()));
    }

    [Fact]
    public void A_borrowed_listener_keeps_its_filter()
    {
        var listening = Listen(_lender);
        var (_, second) = Lend(_lender, listening.Handle, _borrower);
        second.Handle.Socket.Tell(new SetAcceptFilter(second.Handle, AcceptFilter.DataReady), _borrower);
        Assert.Equal(ResultCode.EESOCKRLSD, _borrower.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task A_borrower_that_reads_a_malformed_frame_gives_it_back_and_the_connection_lives()
    {
        var (first, peer) = await OwnAsync(_lender);
        using var _ = peer;
        var (_, second) = Lend(_lender, first.Handle, _borrower);
        await peer.SendAsync(new byte[] { 0x7f, 0, 0, 0 });
        var reading = new FrameReader(second.Lease!, maxFrame: 100).ReadAsync().AsTask();
        var bad = await Assert.ThrowsAsync<SocketFailedException>(() => reading.WaitAsync(Patience));
        Assert.Equal(ResultCode.EEBADDATA, bad.Code);
        var returned = _lender.ExpectMsg<Returned>();
        Assert.Equal(LoanOutcome.Returned, returned.Outcome);
        Assert.Contains("a frame of", returned.Result.Reason, StringComparison.Ordinal);
        var third = _lender.ExpectMsg<Acquired>();
        Assert.Equal(4, (await third.Lease.ReadAsync(4)).Length);
        await third.Lease.WriteAsync("?");
        Assert.Equal("?", await peer.ReceiveTextAsync(1));
    }

    [Fact]
    public async Task A_borrowers_splice_does_not_pass_an_end_on_to_what_is_lent()
    {
        var (first, lent) = await OwnAsync(_lender);
        var (own, client) = await OwnAsync(_borrower);
        using var _ = lent;
        using var __ = client;
        var (release, second) = Lend(_lender, first.Handle, _borrower);
        own.Handle.Socket.Tell(new Splice(own.Handle, second.Handle), _borrower);
        _borrower.ExpectMsg<Confirmed>();
        await client.SendAsync("there");
        client.FinishSending();
        await lent.SendAsync("back");
        Assert.Equal("there", await lent.ReceiveTextAsync(5));
        Assert.Equal("back", await client.ReceiveTextAsync(4));
        lent.FinishSending();
        Assert.Empty(await client.ReceiveToEndAsync());
        var ended = _borrower.ExpectMsg<SpliceEnded>();
        Assert.Equal((SpliceEnd.Finished, 5L, 4L), (ended.Why, ended.There, ended.Back));
        second.Handle.Socket.Tell(new Return(second.Handle), _borrower);
        var third = Back(_lender, release, LoanOutcome.Returned);
        await third.Lease.WriteAsync("goes on");
        Assert.Equal("goes on", await lent.ReceiveTextAsync(7));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_borrower_whose_lender_has_stopped_is_told_of_the_end_of_its_splice(bool hasHeir)
    {
        var (first, lent) = await OwnAsync(_lender);
        var (own, client) = await OwnAsync(_borrower);
        using var _ = lent;
        using var __ = client;
        var heir = CreateTestProbe();
        if (hasHeir)
        {
            _lender.Send(first.Handle.Socket, new SetHeir(first.Handle, heir));
            _lender.ExpectMsg<Confirmed>();
        }

        var (_, second) = Lend(_lender, first.Handle, _borrower);
        var splice = new Splice(own.Handle, second.Handle);
        own.Handle.Socket.Tell(splice, _borrower);
        _borrower.ExpectMsg<Confirmed>();
        await client.SendAsync("moved");
        await lent.ReceiveAsync(5);
        StopLender(_lender, first.Handle.Socket);
        Time.Advance(Loan);
        var ended = _borrower.ExpectMsg<SpliceEnded>();
        Assert.Equal((splice, SpliceEnd.LoanOver, 5L), (ended.Splice, ended.Why, ended.There));
        Assert.Equal(LoanOutcome.Expired, _borrower.ExpectMsg<LoanOver>().Outcome);
        if (hasHeir) Assert.Equal(3, Take(heir).Handle.Epoch);
        await client.SendAsync("mine");
        Assert.Equal("mine", await own.Lease.ReadTextAsync(4));
    }

    [Fact]
    public async Task Code_outside_actors_that_borrows_again_has_an_end_of_its_own_each_time()
    {
        var (first, peer) = await OwnAsync(_lender);
        using var _ = peer;
        await using var target = await Handoff.OpenTargetAsync();
        var handle = first.Handle;
        for (var round = 0; round < 3; round++)
        {
            var release = new Release(handle, target.Ref) { LoanFor = Loan };
            _lender.Send(handle.Socket, release);
            var borrowed = await target.AcquireNextAsync();
            _lender.ExpectMsg<Released>();
            Assert.False(borrowed.Closed.IsCompleted, $"round {round}");
            Time.Advance(Loan);
            handle = Back(_lender, release, LoanOutcome.Expired).Handle;
            Assert.Equal(ResultCode.EESECURITY, (await borrowed.Closed.WaitAsync(Patience)).Code);
            await borrowed.DisposeAsync();
        }
    }

    [Fact]
    public async Task Code_outside_actors_gives_a_borrowed_socket_back_by_completing_its_pipes()
    {
        var (first, peer) = await OwnAsync(_lender);
        using var _ = peer;
        await using var target = await Handoff.OpenTargetAsync();
        var release = new Release(first.Handle, target.Ref) { LoanFor = Loan };
        _lender.Send(first.Handle.Socket, release);
        var borrowed = await target.AcquireNextAsync();
        _lender.ExpectMsg<Released>();
        await borrowed.Lease.Input.CompleteAsync();
        await borrowed.Lease.Output.CompleteAsync();
        var back = Back(_lender, release, LoanOutcome.Returned);
        Assert.Equal(ResultCode.EESECURITY, (await borrowed.Closed.WaitAsync(Patience)).Code);
        await borrowed.DisposeAsync();
        await back.Lease.WriteAsync("!");
        Assert.Equal("!", await peer.ReceiveTextAsync(1));
    }
}
