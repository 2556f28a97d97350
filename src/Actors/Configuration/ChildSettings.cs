using Akka.Configuration;
using Handoff.Transport.Children;

namespace Handoff.Configuration;

/// <summary>The bounds of programs that are given sockets: <c>handoff.children</c>; read once at start.</summary>
public sealed class ChildSettings
{
    internal ChildSettings(Config all)
    {
        MaxRunLimit = HandoffSettings.Time(all, "handoff.children.max-run-limit");
        MaxStarts = HandoffSettings.Count(all, "handoff.children.max-starts");
        StartsWindow = HandoffSettings.Time(all, "handoff.children.starts-window");
        StartsPause = HandoffSettings.Time(all, "handoff.children.starts-pause");
        Options = new ChildOptions
        {
            MaxChildren = AtMost(all, "handoff.children.max-children", ChildOptions.MostChildren),
            StopTimeout = HandoffSettings.Time(all, "handoff.children.stop-timeout"),
        };
    }

    /// <summary><c>handoff.children.max-children</c>, in processes; at most 32,768.</summary>
    public int MaxChildren => Options.MaxChildren;

    /// <summary><c>handoff.children.stop-timeout</c>.</summary>
    public TimeSpan StopTimeout => Options.StopTimeout;

    /// <summary><c>handoff.children.max-run-limit</c>.</summary>
    public TimeSpan MaxRunLimit { get; }

    /// <summary><c>handoff.children.max-starts</c>.</summary>
    public int MaxStarts { get; }

    /// <summary><c>handoff.children.starts-window</c>.</summary>
    public TimeSpan StartsWindow { get; }

    /// <summary><c>handoff.children.starts-pause</c>.</summary>
    public TimeSpan StartsPause { get; }

    internal ChildOptions Options { get; }

    internal StartRate NewRate(TimeProvider time) => new(MaxStarts, StartsWindow, StartsPause, time);

    private static int AtMost(Config all, string key, int most)
    {
        var value = HandoffSettings.Count(all, key);
        return value <= most
            ? value
            : throw new ConfigurationException($"{key} is {value}; it must be at most {most}.");
    }
}
