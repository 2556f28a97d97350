namespace Handoff.Bench.Measuring;

internal sealed record Quantity(string Metric, string Unit, Better Better);
