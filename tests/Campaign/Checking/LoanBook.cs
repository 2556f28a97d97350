using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Campaign.Tests.Checking;

// One loan: who has the socket until when, how it ended, and what each side was told of that.
internal sealed class LoanBook(Release release, TimeSpan due)
{
    // A step of the scheduler may come late, a loan may not.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    public Release Release => release;

    public IActorRef Borrower { get; set; } = ActorRefs.Nobody;

    // Null once the socket knows that it is dead.
    public IActorRef? Lender { get; set; }

    // The borrower's, which rises when it reattaches.
    public long Epoch { get; set; }

    public LoanOutcome Ended { get; set; }

    // The command that ended it, if one did.
    public object? By { get; set; }

    public int LenderTold { get; set; }

    public int BorrowerTold { get; set; }

    public bool IsOverdue(TimeSpan now) => Ended is LoanOutcome.None && now > due + Grace;

    public override string ToString() => $"loan to {Borrower.Path.Name} until {due}, ended: {Ended}";
}
