using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Sockets;

// The sockets that there are, counted when somebody asks: whoever comes late is told the right number.
internal static class SocketMeter
{
    private static readonly ConcurrentDictionary<OwnerIndex, string> Systems = new();

    // It is there, and asks by itself.
    private static readonly ObservableUpDownCounter<long> Open = Telemetry.Meter.CreateObservableUpDownCounter(
        "handoff.sockets", Count, "{socket}", "Sockets of every kind that have an actor, owned or not.");

    public static KeyValuePair<string, object?> In(string system) =>
        new KeyValuePair<string, object?>("handoff.system", system);

    // Until the system ends.
    public static void Follow(ActorSystem system, OwnerIndex sockets)
    {
        Systems[sockets] = system.Name;
        system.RegisterOnTermination(() => Systems.TryRemove(sockets, out _));
    }

    private static IEnumerable<Measurement<long>> Count() =>
        Systems.Select(system => new Measurement<long>(system.Key.All, In(system.Value)));
}
