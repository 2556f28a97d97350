using Akka.Configuration;
using Handoff.Configuration;

namespace Handoff.Hosting;

// The block handoff.hosting.
internal sealed class HostSettings
{
    public HostSettings(Config config)
    {
        var all = config.WithFallback(HandoffSettings.Reference);
        StartTimeout = HandoffSettings.Time(all, "handoff.hosting.start-timeout");
        ListenAgainAfter = HandoffSettings.Time(all, "handoff.hosting.listen-again-after");
        FinishTimeout = HandoffSettings.Time(all, "handoff.hosting.drain.finish-timeout");
        CloseTimeout = HandoffSettings.Time(all, "handoff.hosting.drain.close-timeout");
        AbortTimeout = HandoffSettings.Time(all, "handoff.hosting.drain.abort-timeout");
        HealthTimeout = HandoffSettings.Time(all, "handoff.hosting.health.timeout");
    }

    public TimeSpan StartTimeout { get; }

    public TimeSpan ListenAgainAfter { get; }

    public TimeSpan FinishTimeout { get; }

    public TimeSpan CloseTimeout { get; }

    public TimeSpan AbortTimeout { get; }

    public TimeSpan HealthTimeout { get; }
}
