using Akka.Actor;
using Handoff.Bench.Measuring;

namespace Handoff.Bench.Actors;

// Measure answers a figure for each quantity, in their order.
internal sealed record ActorCase(
    string Name, IReadOnlyList<Quantity> Quantities, Func<ActorSystem, TimeSpan, Task<double[]>> Measure)
{
    public static readonly IReadOnlyList<ActorCase> All =
    [
        new("tell", [Rate("tells/s"), new("allocated", "B/tell", Better.Less)], Tells.MeasureAsync),
        new("ping-pong x1", [Rate("round trips/s")], (system, window) => PingPong.MeasureAsync(system, 1, window)),
        new("ping-pong x8", [Rate("round trips/s")], (system, window) => PingPong.MeasureAsync(system, 8, window)),
        new("ask", [Rate("asks/s")], Asks.MeasureAsync),
        new("create, stop", [Rate("actors/s")], Creations.MeasureAsync),
    ];

    public Dictionary<Quantity, double> Figures(IReadOnlyList<double> values) =>
        Quantities.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);

    private static Quantity Rate(string unit) => new("rate", unit, Better.More);
}
