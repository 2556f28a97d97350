using System.Diagnostics;
using Handoff.Transport;

namespace Handoff.Sockets;

// A step of a host's stop as a span, for whoever listens.
internal static class DrainSpan
{
    public static Activity? Begin() => Telemetry.StartActivity("handoff.drain", ActivityKind.Internal);

    // Left: how many sockets are; null where nobody said so.
    public static void End(Activity? span, string system, string step, int? left)
    {
        if (span is null) return;
        span.SetTag("handoff.system", system);
        span.SetTag("handoff.drain.step", step);
        span.SetTag("handoff.drain.left", left);
        Telemetry.Stop(span);
    }
}
