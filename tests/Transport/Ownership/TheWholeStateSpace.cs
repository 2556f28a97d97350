using Handoff.Transport.Ownership;
using Xunit.Abstractions;
using Action = Handoff.Transport.Ownership.OwnershipAction<string>;
using Event = Handoff.Transport.Ownership.OwnershipEvent<string>;
using State = Handoff.Transport.Ownership.OwnershipState<string>;

namespace Handoff.Transport.Tests.Ownership;

public sealed class TheWholeStateSpace(ITestOutputHelper output)
{
    private const int Epochs = 3;
    private const int Offers = 3;
    private const int StatesSeen = 21_908;
    private const int TransitionsSeen = 2_499_432;

    [Fact]
    public void Of_three_parties_keeps_every_invariant_at_every_step()
    {
        var seen = new HashSet<string>();
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var work = new Queue<World>();
        var steps = 0;
        Visit(World.Start(OwnershipTable.Start("a")));
        Visit(World.Start(OwnershipTable.StartOffered(OfferMode.InOrder, "a")));
        Visit(World.Start(OwnershipTable.StartOffered(OfferMode.AnyHolder, "b")));
        while (work.TryDequeue(out var world))
        {
            foreach (var what in Events.Of(world))
            {
                steps++;
                var next = Step(world, what);
                if (!ReferenceEquals(next, world)) Visit(next);
            }
        }

        output.WriteLine($"{seen.Count} states, {steps} transitions: {string.Join(", ", kinds)}");
        Assert.Equal((StatesSeen, TransitionsSeen), (seen.Count, steps));
        Assert.Equal(["Bequeathed", "Closed", "Given", "Held", "Lent", "Offered"], kinds.Keys);

        void Visit(World world)
        {
            if (world.State.Epoch > Epochs || world.State.Offers > Offers || !seen.Add(world.Key)) return;
            var kind = world.State.GetType().Name;
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            work.Enqueue(world);
        }
    }

    private static World Step(World before, Event what)
    {
        var step = OwnershipTable.Next(before.State, what);
        var after = before;
        if (step.Actions.Count > 0 && step.Refusal is null) after = before.Apply(step);
        if (what is Event.Died died) after = after with { Dead = after.Dead.Add(died.Party) };
        if (!ReferenceEquals(after, before)) after = Answered(after, before, what, step);
        if (Invariants.Broken(before, what, step, after) is { } broken)
        {
            var actions = string.Join(", ", step.Actions);
            Assert.Fail($"{broken}\n  in {before.Key}\n  on {what}\n  by {actions}\n  to {after.Key}");
        }

        return after;
    }

    // Who was invited has heard the end of it: by Acquired, by Withdrawn, or by dying.
    private static World Answered(World after, World before, Event what, Transition<string> step)
    {
        var invited = after.Invited;
        if (what is Event.Died died) invited = invited.Remove(World.Name(died.Party, before.State.Offers));
        foreach (var admit in step.Actions.OfType<Action.Admit>())
        {
            var isDismissed = step.Actions.Any(action => action is Action.Withdraw gone && gone.Target == admit.Owner);
            Assert.False(isDismissed, $"{admit.Owner} was admitted and dismissed\n  in {before.Key}\n  on {what}");
            invited = invited.Remove(World.Name(admit.Owner, before.State.Offers));
        }

        // A router that passed the offer on hears nothing of what the holder answered.
        var answered = what is Event.Acquire or Event.Decline && step.Refusal is null;
        if (answered && Offering(before)?.Mode is OfferMode.AnyHolder)
        {
            invited = invited.Except(Events.Parties.Select(party => World.Name(party, before.State.Offers)));
        }

        var due = Offering(after)?.Invited.Select(party => World.Name(party, after.State.Offers)) ?? [];
        if (!invited.SetEquals(due))
        {
            var waiting = string.Join(',', invited);
            Assert.Fail($"still waiting: {waiting}, due: {string.Join(',', due)}\n  in {before.Key}\n  on {what}");
        }

        return after with { Invited = invited };
    }

    private static Offer<string>? Offering(World world) => world.State switch
    {
        State.Offered offered => offered.To,
        State.Bequeathed orphan => orphan.To,
        _ => null,
    };
}
