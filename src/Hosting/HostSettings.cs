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
    }

    public TimeSpan StartTimeout { get; }

    public TimeSpan ListenAgainAfter { get; }
}
