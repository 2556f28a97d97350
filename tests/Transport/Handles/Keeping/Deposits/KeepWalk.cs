namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// Every order in which all can go on, with each dying at any moment.
internal sealed class KeepWalk(KeepRules rules)
{
    private readonly HashSet<string> _seen = [];
    private readonly Queue<KeepWorld> _work = new();

    public int States => _seen.Count;

    // Who has it where nothing more happens, and what the keeper says.
    public SortedSet<string> Ends { get; } = new(StringComparer.Ordinal);

    // What is wrong, with all the steps that led there; null if nothing ever is.
    public string? Run()
    {
        Visit(KeepWorld.Start);
        while (_work.TryDequeue(out var world))
        {
            var next = OtherSteps.Of(world, rules).Concat(KeeperSteps.Of(world, rules)).ToArray();
            if (next.Length == 0)
            {
                Ends.Add($"{string.Join('+', world.Users)}: {world.Keeper?.ToString() ?? "dead"}");
                if (KeepInvariants.BrokenAtTheEnd(world) is { } missing) return $"{missing}\n  {world.History()}";
            }

            var whims = OtherSteps.Whims(world, rules).Concat(OtherSteps.Deaths(world));
            foreach (var after in next.Concat(whims))
            {
                var then = after with { Before = world };
                if (KeepInvariants.Broken(then) is { } broken) return $"{broken}\n  {then.History()}";
                Visit(then);
            }
        }

        return null;
    }

    private void Visit(KeepWorld world)
    {
        if (_seen.Add(world.Key)) _work.Enqueue(world);
    }
}
