using Akka.Configuration;
using Handoff.Configuration;

namespace Handoff.AspNetCore;

// The block handoff.kestrel.
internal sealed class KestrelSettings
{
    public KestrelSettings(Config config)
    {
        var all = config.WithFallback(HandoffSettings.Reference);
        MaxWaiting = HandoffSettings.Count(all, "handoff.kestrel.max-waiting");
        BindTimeout = HandoffSettings.Time(all, "handoff.kestrel.bind-timeout");
        EndAborts = all.GetBoolean("handoff.kestrel.end-aborts");
    }

    public int MaxWaiting { get; }

    public TimeSpan BindTimeout { get; }

    public bool EndAborts { get; }
}
