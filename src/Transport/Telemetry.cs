using System.Diagnostics.Metrics;

namespace Handoff.Transport;

// The one meter; docs/telemetry.md says what it holds.
internal static class Telemetry
{
    public const string Name = "Handoff";

    public static Meter Meter { get; } = new(Name);
}
