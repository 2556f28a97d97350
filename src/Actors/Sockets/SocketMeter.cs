using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Sockets;

// The sockets that there are, counted when somebody asks: whoever comes late is told the right number.
internal static class SocketMeter
{
    private static readonly ConcurrentDictionary<OwnerIndex, string> Systems = new();

    // They are there, and ask by themselves.
    private static readonly ObservableUpDownCounter<long> Open = Telemetry.Meter.CreateObservableUpDownCounter(
        "handoff.sockets", () => Count(sockets => sockets.All), "{socket}",
        "Sockets of every kind that have an actor, owned or not.");

    private static readonly ObservableUpDownCounter<long> Owning = Telemetry.Meter.CreateObservableUpDownCounter(
        "handoff.owners", () => Count(sockets => sockets.Owners), "{actor}", "Actors that own a socket.");

    public static KeyValuePair<string, object?> In(string system) =>
        new KeyValuePair<string, object?>("handoff.system", system);

    // Until the system ends.
    public static void Follow(ActorSystem system, OwnerIndex sockets)
    {
        Systems[sockets] = system.Name;
        system.RegisterOnTermination(() => Systems.TryRemove(sockets, out _));
    }

    private static IEnumerable<Measurement<long>> Count(Func<OwnerIndex, long> what) =>
        Systems.Select(system => new Measurement<long>(what(system.Key), In(system.Value)));
}
