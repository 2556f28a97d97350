using System.Collections.Immutable;

namespace Handoff.Transport.Tests.Handles.Moves;

// Every order in which the two sides can go on, with either dying or standing still for ever at any moment.
internal sealed class MoveWalk(Rules rules)
{
    private readonly HashSet<string> _seen = [];
    private readonly Queue<MoveWorld> _work = new();

    public int States => _seen.Count;

    public int Steps { get; private set; }

    public SortedSet<string> Ends { get; } = new(StringComparer.Ordinal);

    // What is wrong, with all the steps that led there; null if nothing ever is.
    public string? Run()
    {
        Visit(MoveWorld.Start());
        while (_work.TryDequeue(out var world))
        {
            var next = GiverSteps.Of(world, rules).Concat(TakerSteps.Of(world, rules)).ToArray();
            if (next.Length == 0)
            {
                Ends.Add($"{world.Giver.Told ?? "-"}/{world.Taker.Told ?? "-"}");
                if (Invariants.BrokenAtTheEnd(world) is { } missing) return Told(missing, world);
            }

            var whims = GiverSteps.Whims(world, rules).Concat(TakerSteps.Whims(world, rules));
            foreach (var after in next.Concat(whims).Concat(Faults(world)))
            {
                Steps++;
                var then = after with { Before = world };
                if (Invariants.Broken(then) is { } broken) return Told(broken, then);
                Visit(then);
            }
        }

        return null;
    }

    private static string Told(string what, MoveWorld world) => $"{what}\n  {world.History()}";

    // A process that dies takes with it what it has and what it was sent; what it had sent still comes.
    private static IEnumerable<MoveWorld> Faults(MoveWorld world)
    {
        if (!world.Giver.IsDead)
        {
            yield return world with
            {
                Giver = world.Giver with { IsDead = true, Uses = false, Holds = false },
                ToGiver = ImmutableList<Message>.Empty,
                Step = "giver dies",
            };
        }

        if (!world.Taker.IsDead)
        {
            yield return world with
            {
                Taker = world.Taker with { IsDead = true, Uses = false, Holds = false },
                ToTaker = ImmutableList<Message>.Empty,
                Step = "taker dies",
            };
        }

        if (world.Giver is { IsDead: false, IsFrozen: false })
            yield return world with { Giver = world.Giver with { IsFrozen = true }, Step = "giver stands still" };
        if (world.Taker is { IsDead: false, IsFrozen: false })
            yield return world with { Taker = world.Taker with { IsFrozen = true }, Step = "taker stands still" };
    }

    private void Visit(MoveWorld world)
    {
        if (_seen.Add(world.Key)) _work.Enqueue(world);
    }
}
