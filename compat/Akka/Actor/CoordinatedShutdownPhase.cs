using Akka.Configuration;

namespace Akka.Actor;

internal sealed record CoordinatedShutdownPhase(IList<string> DependsOn, TimeSpan Timeout, bool Recover)
{
    public static Dictionary<string, CoordinatedShutdownPhase> AllFrom(Config config)
    {
        var defaultTimeout = config.GetTimeSpan("default-phase-timeout", allowInfinite: false);
        var phases = config.GetConfig("phases");
        return phases.AsEnumerable().ToDictionary(
            p => p.Key,
            p => From(phases.GetConfig($"\"{p.Key}\""), defaultTimeout));
    }

    // Each after all that it depends on.
    public static List<string> InOrder(Dictionary<string, CoordinatedShutdownPhase> phases)
    {
        var ordered = new List<string>(phases.Count);
        var done = new HashSet<string>();
        var open = new HashSet<string>();
        foreach (var phase in phases.Keys)
            Visit(phase);
        return ordered;

        void Visit(string phase)
        {
            if (done.Contains(phase))
                return;
            if (!open.Add(phase))
                throw new ArgumentException($"Phase [{phase}] depends on itself; the phases must not form a cycle.");
            if (phases.TryGetValue(phase, out var known))
                foreach (var before in known.DependsOn)
                    Visit(before);
            done.Add(phase);
            ordered.Add(phase);
        }
    }

    private static CoordinatedShutdownPhase From(Config config, TimeSpan defaultTimeout) => new(
        config.GetStringList("depends-on"),
        config.GetTimeSpan("timeout", defaultTimeout, allowInfinite: false),
        config.GetBoolean("recover", true));
}
