using System.Diagnostics.Metrics;

namespace Handoff.Transport;

// What was moved, for whoever listens to the meter. It is told outside of every lock, because what a listener does is
// not ours; where nobody listens it is a look at a field.
internal static class Traffic
{
    private static readonly Counter<long> Bytes = Telemetry.Meter.CreateCounter<long>(
        "handoff.io", "By", "Bytes of connections that came from the system or were handed to it.");

    private static readonly KeyValuePair<string, object?> Receive = new("network.io.direction", "receive");
    private static readonly KeyValuePair<string, object?> Transmit = new("network.io.direction", "transmit");

    public static void Received(int bytes)
    {
        if (Bytes.Enabled && bytes > 0) Bytes.Add(bytes, Receive);
    }

    public static void Sent(int bytes)
    {
        if (Bytes.Enabled && bytes > 0) Bytes.Add(bytes, Transmit);
    }
}
