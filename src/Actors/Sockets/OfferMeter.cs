using System.Diagnostics;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// Offers and sockets, for whoever listens to the meter; a look at a field where nobody does.
internal static class OfferMeter
{
    private static readonly Counter<long> Made = Telemetry.Meter.CreateCounter<long>(
        "handoff.offers", "{offer}", "Offers that were made.");

    private static readonly Counter<long> Outcomes = Telemetry.Meter.CreateCounter<long>(
        "handoff.offer.outcomes", "{offer}", "Offers that are over, by how they ended.");

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram<double>(
        "handoff.offer.duration", "s", "The time from the offer to its outcome.");

    private static readonly string[] Words =
        ["none", "acquired", "declined", "timed_out", "target_died", "revoked", "closed", "lost", "owner_died"];

    // When it was made; 0 where nobody measures it.
    public static long Begin(ActorSystem system)
    {
        if (Made.Enabled) Made.Add(1, In(system));
        return Duration.Enabled ? Stopwatch.GetTimestamp() : 0;
    }

    public static void End(ActorSystem system, OfferOutcome outcome, long since)
    {
        if (!Outcomes.Enabled && since == 0) return;
        var ended = new KeyValuePair<string, object?>("handoff.outcome", Words[(int)outcome]);
        if (Outcomes.Enabled) Outcomes.Add(1, In(system), ended);
        if (since != 0) Duration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, In(system), ended);
    }

    private static KeyValuePair<string, object?> In(ActorSystem system) => SocketMeter.In(system.Name);
}
