using System.Diagnostics;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// Offers and sockets, for whoever listens to the meter; a look at a field where nobody does.
internal static class OfferMeter
{
    // From an actor's answer at once to the longest that one may take; an exporter's own are those of milliseconds.
    private static readonly double[] Bounds =
        [0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 300];

    private static readonly Counter<long> Made = Telemetry.Meter.CreateCounter<long>(
        "handoff.offers", "{offer}", "Offers that were made.");

    private static readonly Counter<long> Outcomes = Telemetry.Meter.CreateCounter<long>(
        "handoff.offer.outcomes", "{offer}", "Offers that are over, by how they ended.");

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram<double>(
        "handoff.offer.duration", "s", "The time from the offer to its outcome.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Bounds });

    // When it was made; 0 where nobody measures it.
    public static long Begin(IActorRef socket)
    {
        if (Made.Enabled) Made.Add(1, In(socket));
        return Duration.Enabled ? Stopwatch.GetTimestamp() : 0;
    }

    public static void End(IActorRef socket, OfferOutcome outcome, long since)
    {
        if (!Outcomes.Enabled && since == 0) return;
        var ended = new KeyValuePair<string, object?>("handoff.outcome", OfferWords.Of(outcome));
        if (Outcomes.Enabled) Outcomes.Add(1, In(socket), ended);
        if (since != 0) Duration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, In(socket), ended);
    }

    private static KeyValuePair<string, object?> In(IActorRef socket) => SocketMeter.In(socket.Path.Address.System);
}
