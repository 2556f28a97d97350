using Akka.Configuration;

namespace Handoff.Configuration;

/// <summary>The bounds of splices; read once at start.</summary>
public sealed class SpliceSettings
{
    internal SpliceSettings(Config all)
    {
        JoinTimeout = HandoffSettings.Time(all, "handoff.splice.join-timeout");
        MaxIdleTimeout = HandoffSettings.Time(all, "handoff.splice.max-idle-timeout");
    }

    /// <summary><c>handoff.splice.join-timeout</c>.</summary>
    public TimeSpan JoinTimeout { get; }

    /// <summary><c>handoff.splice.max-idle-timeout</c>.</summary>
    public TimeSpan MaxIdleTimeout { get; }
}
