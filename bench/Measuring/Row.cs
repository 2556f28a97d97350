namespace Handoff.Bench.Measuring;

// One line of a result. A row without a peer has neither reference nor ratio.
internal sealed record Row(
    string Case,
    string Metric,
    string Unit,
    double Ours,
    IReadOnlyDictionary<string, double> Peers,
    string? Reference,
    double? Ratio);
