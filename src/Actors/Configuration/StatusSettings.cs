using Akka.Configuration;

namespace Handoff.Configuration;

/// <summary>The values of <c>handoff.status</c>; read once at start.</summary>
public sealed class StatusSettings
{
    internal StatusSettings(Config all)
    {
        MaxPage = HandoffSettings.Count(all, "handoff.status.max-page");
        MaxPending = HandoffSettings.Count(all, "handoff.status.max-pending");
        Timeout = HandoffSettings.Time(all, "handoff.status.timeout");
    }

    /// <summary><c>handoff.status.max-page</c>, in sockets.</summary>
    public int MaxPage { get; }

    /// <summary><c>handoff.status.max-pending</c>, in questions.</summary>
    public int MaxPending { get; }

    /// <summary><c>handoff.status.timeout</c>.</summary>
    public TimeSpan Timeout { get; }
}
