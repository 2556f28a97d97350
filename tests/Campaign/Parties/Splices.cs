using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Campaign.Tests.Parties;

// How an owner links two of its connections, and what it does when they are its own again.
internal sealed class Splices(Crew crew, IActorRef self)
{
    public void Begin(Holding[] holdings)
    {
        ConnectionHolding[] free =
            [.. holdings.OfType<ConnectionHolding>().Where(holding => holding.Standing is not null)];
        if (free.Length < 2) return;
        var near = crew.Below(free.Length);
        var far = (near + 1 + crew.Below(free.Length - 1)) % free.Length;
        var splice = new Splice(free[near].Handle, free[far].Handle)
        {
            BothWays = !crew.OneIn(4),
            Limit = crew.OneIn(4) ? 1 + crew.Below(3000) : null,
            LimitBack = crew.OneIn(8) ? 1 + crew.Below(3000) : null,
            IdleTimeout = crew.OneIn(4) ? TimeSpan.FromMilliseconds(100 + crew.Below(3000)) : null,
        };
        crew.Ledger.Asked(splice, self, free[near].Standing!, free[far].Standing!);
        free[near].WaitFor(splice);
        free[far].WaitFor(splice);
        splice.Handle.Socket.Tell(splice, self);
    }

    public void Unsplice(Holding holding)
    {
        if (holding.Splicing is not null || crew.OneIn(8))
            crew.Ask(holding.Handle, new Unsplice(holding.Handle), self);
    }
}
