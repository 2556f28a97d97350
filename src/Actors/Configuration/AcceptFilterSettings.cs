using Akka.Configuration;

namespace Handoff.Configuration;

/// <summary>The bounds of accept filters; read once at start.</summary>
public sealed class AcceptFilterSettings
{
    internal AcceptFilterSettings(Config all)
    {
        MaxBytes = HandoffSettings.Size(all, "handoff.accept-filter.max-bytes");
        Timeout = HandoffSettings.Time(all, "handoff.accept-filter.timeout");
        MaxWaiting = HandoffSettings.Count(all, "handoff.accept-filter.max-waiting");
    }

    /// <summary><c>handoff.accept-filter.max-bytes</c>, in bytes of one connection.</summary>
    public int MaxBytes { get; }

    /// <summary><c>handoff.accept-filter.timeout</c>.</summary>
    public TimeSpan Timeout { get; }

    /// <summary><c>handoff.accept-filter.max-waiting</c>, in connections of one listener.</summary>
    public int MaxWaiting { get; }
}
