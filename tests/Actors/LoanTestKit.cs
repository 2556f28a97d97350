using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// Lends and takes back.
public abstract class LoanTestKit(ITestOutputHelper output) : SocketTestKit(output)
{
    protected static readonly TimeSpan Loan = TimeSpan.FromSeconds(30);

    protected static (Release Release, Acquired Acquired) Lend(
        TestProbe lender, SocketHandle handle, TestProbe borrower, Reading? reading = null)
    {
        var release = new Release(handle, borrower) { LoanFor = Loan };
        lender.Send(handle.Socket, release);
        var offered = borrower.ExpectMsg<Offered>();
        Assert.Equal(Loan, offered.LoanFor);
        borrower.Send(handle.Socket, new Acquire(offered.Offer, borrower) { Reading = reading ?? Reading.Lease });
        var acquired = borrower.ExpectMsg<Acquired>();
        Assert.Equal(borrower.Ref, lender.FishForMessage<Released>(_ => true).Owner);
        return (release, acquired);
    }

    protected static Acquired Back(TestProbe lender, Release release, LoanOutcome outcome)
    {
        var returned = lender.ExpectMsg<Returned>();
        Assert.Equal((release, outcome, ResultCode.EESUCCESS),
            (returned.Release, returned.Outcome, returned.Result.Code));
        return lender.ExpectMsg<Acquired>();
    }

    protected void StopLender(TestProbe lender, IActorRef socket)
    {
        Sys.Stop(lender);
        AwaitCondition(() => StatusOf(CreateTestProbe(), socket).Lender is null, Patience);
    }
}
