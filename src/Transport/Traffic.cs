using System.Diagnostics.Metrics;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Handoff.Transport;

// What was moved, for whoever listens to the meter. It is told outside of every lock, because what a listener does is
// not ours; where nobody listens it is a look at a field.
internal static class Traffic
{
    private static readonly Counter<long> Bytes = Telemetry.Meter.CreateCounter<long>(
        "handoff.io", "By", "Bytes that came from the system or were handed to it.");

    private static readonly Counter<long> Messages = Telemetry.Meter.CreateCounter<long>(
        "handoff.messages", "{message}", "Messages that came from the system or were handed to it.");

    private static readonly Tag Receive = new("network.io.direction", "receive");
    private static readonly Tag Transmit = new("network.io.direction", "transmit");

    private static readonly Tag Connection = new("handoff.socket.kind", "connection");
    private static readonly Tag Datagrams = new("handoff.socket.kind", "datagrams");
    private static readonly Tag Records = new("handoff.socket.kind", "records");

    public static bool IsOfMessagesHeard => Bytes.Enabled || Messages.Enabled;

    public static void Received(int bytes)
    {
        if (Bytes.Enabled && bytes > 0) Bytes.Add(bytes, Receive, Connection);
    }

    public static void Sent(int bytes)
    {
        if (Bytes.Enabled && bytes > 0) Bytes.Add(bytes, Transmit, Connection);
    }

    // An empty one is one, too.
    public static void ReceivedMessage(int bytes, bool isRecord) => Count(bytes, Receive, isRecord);

    public static void SentMessage(int bytes, bool isRecord) => Count(bytes, Transmit, isRecord);

    private static void Count(int bytes, in Tag direction, bool isRecord)
    {
        if (Bytes.Enabled && bytes > 0) Bytes.Add(bytes, direction, isRecord ? Records : Datagrams);
        if (Messages.Enabled) Messages.Add(1, direction, isRecord ? Records : Datagrams);
    }
}
