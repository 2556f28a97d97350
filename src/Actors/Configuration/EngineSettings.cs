using System.IO.Pipelines;
using Akka.Configuration;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Configuration;

/// <summary>The values that choose and tune the engine; read once at start.</summary>
public sealed class EngineSettings
{
    private const int MostLoops = 1024;
    private const int MostPolls = 1000;

    internal EngineSettings(Config all)
    {
        Kind = all.GetString("handoff.engine") switch
        {
            "auto" => LinuxEngine.IsSupported ? EngineKind.Linux : EngineKind.Portable,
            "linux" when LinuxEngine.IsSupported => EngineKind.Linux,
            "linux" => throw new ConfigurationException("handoff.engine is linux, but this system is not Linux."),
            "portable" => EngineKind.Portable,
            var other => throw new ConfigurationException(
                $"handoff.engine is '{other}'; it must be auto, linux or portable."),
        };
        IsInline = all.GetString("handoff.io.resume") switch
        {
            "pool" => false,
            "inline" => true,
            var other => throw new ConfigurationException(
                $"handoff.io.resume is '{other}'; it must be pool or inline."),
        };
        var loops = all.GetInt("handoff.io.loops");
        if (loops is < 0 or > MostLoops)
        {
            throw new ConfigurationException($"handoff.io.loops is {loops}; it must be 0 to {MostLoops}.");
        }

        Loops = loops == 0 ? new LinuxEngineOptions().Loops : loops;
        Affinity = [.. all.GetIntList("handoff.io.affinity")];
        foreach (var processor in Affinity)
        {
            if (processor >= 0) continue;
            throw new ConfigurationException(
                $"handoff.io.affinity has processor {processor}; processors are numbered from 0.");
        }

        PollsBeforeSleep = all.GetInt("handoff.io.polls-before-sleep");
        if (PollsBeforeSleep is < 0 or > MostPolls)
        {
            throw new ConfigurationException(
                $"handoff.io.polls-before-sleep is {PollsBeforeSleep}; it must be 0 to {MostPolls}.");
        }

        ReservedDescriptors = all.GetInt("handoff.io.reserved-descriptors");
        if (ReservedDescriptors < 0)
        {
            throw new ConfigurationException(
                $"handoff.io.reserved-descriptors is {ReservedDescriptors}; it must be 0 or more.");
        }

        StallAfter = HandoffSettings.Time(all, "handoff.io.stall-after");
    }

    /// <summary><c>handoff.engine</c>, with <c>auto</c> decided.</summary>
    public EngineKind Kind { get; }

    /// <summary><c>handoff.io.resume</c>: whether owners go on on the thread that moved the bytes.</summary>
    public bool IsInline { get; }

    /// <summary><c>handoff.io.loops</c>, with 0 decided.</summary>
    public int Loops { get; }

    /// <summary><c>handoff.io.affinity</c>, in numbers of processors.</summary>
    public IReadOnlyList<int> Affinity { get; }

    /// <summary><c>handoff.io.polls-before-sleep</c>.</summary>
    public int PollsBeforeSleep { get; }

    /// <summary><c>handoff.io.reserved-descriptors</c>, in descriptors; before it is bounded by the limit.</summary>
    public int ReservedDescriptors { get; }

    /// <summary><c>handoff.io.stall-after</c>.</summary>
    public TimeSpan StallAfter { get; }

    internal PipeScheduler Owners => IsInline ? PipeScheduler.Inline : PipeScheduler.ThreadPool;
}
