using Akka.Actor;
using Handoff.Transport.Ownership;
using Action = Handoff.Transport.Ownership.OwnershipAction<Akka.Actor.IActorRef>;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Campaign.Tests.Checking;

// A socket watches whoever has it, has lent it or is asked for it, and nobody else.
internal static class Watches
{
    // Who is watched too often or too seldom after a step; null if nobody is.
    public static string? WhyNot(State before, Transition<IActorRef> step)
    {
        if (step.Actions.Count == 0) return null;
        var counts = new Dictionary<IActorRef, int>();
        foreach (var party in Of(before)) Add(party, 1);
        foreach (var party in Of(step.Next)) Add(party, -1);
        for (var i = 0; i < step.Actions.Count; i++)
        {
            if (step.Actions[i] is Action.Watch watch) Add(watch.Party, 1);
            else if (step.Actions[i] is Action.Unwatch unwatch) Add(unwatch.Party, -1);
        }

        foreach (var (party, count) in counts)
        {
            if (count != 0) return $"{party.Path.Name} is watched {count:+0;-0} times as {step.Next.GetType().Name}";
        }

        return null;

        void Add(IActorRef party, int count) => counts[party] = counts.GetValueOrDefault(party) + count;
    }

    private static IEnumerable<IActorRef> Of(State state) => state switch
    {
        State.Held held => [held.Owner],
        State.Lent { Lender: { } lender } lent => [lent.Borrower, lender],
        State.Lent lent => [lent.Borrower],
        State.Offered offered => [offered.Owner, .. offered.To.Invited],
        State.Bequeathed orphan => orphan.To.Invited,
        _ => [],
    };
}
