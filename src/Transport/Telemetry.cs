using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Handoff.Transport;

// The one meter and the one source of spans; docs/telemetry.md says what they hold.
internal static class Telemetry
{
    public const string Name = "Handoff";

    public static Meter Meter { get; } = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static bool IsTraced => Source.HasListeners();

    // What is under way here, for who does a part of it later, on another thread; null where nobody listens.
    public static Activity? Current => Source.HasListeners() ? Activity.Current : null;

    // What goes on on this thread is not the span's, which is ended by another message. Without a parent it is a root.
    public static Activity? StartActivity(string name, ActivityKind kind, ActivityContext parent = default)
    {
        if (!Source.HasListeners()) return null;
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return Source.StartActivity(name, kind, parent);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    public static void Stop(Activity span)
    {
        var current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }
}
