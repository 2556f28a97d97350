using Akka.Configuration;
using Handoff.Transport.Handles.Rendezvous;

namespace Handoff.Configuration;

/// <summary>How this process finds other processes of its host, and is found; read once at start.</summary>
public sealed class ProcessSettings
{
    internal ProcessSettings(Config all, HandleSettings handles)
    {
        Directory = all.GetString("handoff.processes.directory");
        var name = all.GetString("handoff.processes.name");
        Name = name.Length > 0 ? name : $"{Environment.ProcessId}";
        MaxMoves = HandoffSettings.Count(all, "handoff.processes.max-moves");
        MaxTargets = HandoffSettings.Count(all, "handoff.processes.max-targets");
        MaxServices = HandoffSettings.Count(all, "handoff.processes.max-services");
        IdleTimeout = HandoffSettings.Time(all, "handoff.processes.idle-timeout");
        Options = new RendezvousOptions
        {
            Handles = handles.Options,
            MaxPeers = AtMost(all, "handoff.processes.max-peers", RendezvousOptions.MostPeers),
            MaxNames = AtMost(all, "handoff.processes.max-names", RendezvousOptions.MostNames),
            FirstFrameTimeout = HandoffSettings.Time(all, "handoff.processes.first-frame-timeout"),
            AcceptPause = HandoffSettings.Time(all, "handoff.listen.accept-pause"),
            MaxWaiting = HandoffSettings.Count(all, "handoff.give.max-waiting"),
            RecheckInterval = HandoffSettings.Time(all, "handoff.processes.recheck-interval"),
        };
    }

    /// <summary><c>handoff.processes.directory</c>; empty for the user's own.</summary>
    public string Directory { get; }

    /// <summary><c>handoff.processes.name</c>; the number of the process where none is given.</summary>
    public string Name { get; }

    /// <summary><c>handoff.processes.max-peers</c>, in connections; at most 4,096.</summary>
    public int MaxPeers => Options.MaxPeers;

    /// <summary><c>handoff.processes.max-names</c>, in names; at most 65,536.</summary>
    public int MaxNames => Options.MaxNames;

    /// <summary><c>handoff.processes.max-moves</c>, in moves of one target.</summary>
    public int MaxMoves { get; }

    /// <summary><c>handoff.processes.max-targets</c>, in targets.</summary>
    public int MaxTargets { get; }

    /// <summary><c>handoff.processes.max-services</c>, in services.</summary>
    public int MaxServices { get; }

    /// <summary><c>handoff.processes.idle-timeout</c>.</summary>
    public TimeSpan IdleTimeout { get; }

    /// <summary><c>handoff.processes.first-frame-timeout</c>.</summary>
    public TimeSpan FirstFrameTimeout => Options.FirstFrameTimeout;

    /// <summary><c>handoff.processes.recheck-interval</c>.</summary>
    public TimeSpan RecheckInterval => Options.RecheckInterval;

    internal RendezvousOptions Options { get; }

    private static int AtMost(Config all, string key, int most)
    {
        var value = HandoffSettings.Count(all, key);
        return value <= most
            ? value
            : throw new ConfigurationException($"{key} is {value}; it must be at most {most}.");
    }
}
