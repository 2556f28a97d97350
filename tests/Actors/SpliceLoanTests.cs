using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// A splice of a connection that its owner has on loan ends with the loan, wherever the connection goes.
public sealed class SpliceLoanTests : SocketTestKit
{
    private static readonly TimeSpan Loan = TimeSpan.FromSeconds(9);

    private readonly TestProbe _lender;
    private readonly TestProbe _borrower;

    public SpliceLoanTests(ITestOutputHelper output)
        : base(output)
    {
        _lender = CreateTestProbe();
        _borrower = CreateTestProbe();
    }

    [Fact]
    public async Task A_borrower_whose_loan_is_over_is_told_that_its_splice_is_too()
    {
        var (_, client, server) = await SpliceLentAsync();
        using var _ = client;
        using var __ = server;
        Time.Advance(Loan);
        ExpectSpliceEnded();
        Assert.Equal(5, _lender.FishForMessage<Acquired>(_ => true).Written);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task So_is_one_whose_lender_has_stopped(bool hasHeir)
    {
        var heir = CreateTestProbe();
        var (lent, client, server) = await SpliceLentAsync(hasHeir ? heir : null);
        using var _ = client;
        using var __ = server;
        Watch(_lender);
        Sys.Stop(_lender);
        ExpectTerminated(_lender);
        AwaitCondition(() => StatusOf(CreateTestProbe(), lent.Socket).Lender is null, Patience);
        Time.Advance(Loan);
        ExpectSpliceEnded();
        if (hasHeir) Assert.Equal(5, Take(heir).Written);
        else Assert.Empty(await server.ReceiveToEndAsync());
    }

    private void ExpectSpliceEnded()
    {
        var ended = _borrower.ExpectMsg<SpliceEnded>();
        Assert.Equal((SpliceEnd.LoanOver, 5L, 0L), (ended.Why, ended.There, ended.Back));
        _borrower.ExpectMsg<LoanOver>();
    }

    // One that the borrower owns, and one that it has on loan.
    private async Task<(SocketHandle Lent, TestPeer Client, TestPeer Server)> SpliceLentAsync(IActorRef? heir = null)
    {
        var (near, client) = await OwnAsync(_borrower);
        var (far, server) = await OwnAsync(_lender);
        far.Handle.Socket.Tell(new SetHeir(far.Handle, heir), _lender);
        _lender.ExpectMsg<Confirmed>();
        _lender.Send(far.Handle.Socket, new Release(far.Handle, _borrower) { LoanFor = Loan });
        var lent = Take(_borrower).Handle;
        near.Handle.Socket.Tell(new Splice(near.Handle, lent), _borrower);
        _borrower.ExpectMsg<Confirmed>();
        await client.SendAsync("moved");
        await server.ReceiveAsync(5);
        return (lent, client, server);
    }
}
