using Akka.Configuration;

namespace Handoff.Configuration;

/// <summary>The values of <c>handoff.status</c>; read once at start.</summary>
public sealed class StatusSettings
{
    private const string MaxPageKey = "handoff.status.max-page";
    private const int LargestPage = 65_536;

    internal StatusSettings(Config all)
    {
        MaxPage = HandoffSettings.Count(all, MaxPageKey);
        if (MaxPage > LargestPage)
            throw new ConfigurationException($"{MaxPageKey} is {MaxPage}; it must be at most {LargestPage}.");
        MaxPending = HandoffSettings.Count(all, "handoff.status.max-pending");
        Timeout = HandoffSettings.Time(all, "handoff.status.timeout");
    }

    /// <summary><c>handoff.status.max-page</c>, in sockets; at most 65,536.</summary>
    public int MaxPage { get; }

    /// <summary><c>handoff.status.max-pending</c>, in questions.</summary>
    public int MaxPending { get; }

    /// <summary><c>handoff.status.timeout</c>.</summary>
    public TimeSpan Timeout { get; }
}
