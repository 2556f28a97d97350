namespace Handoff.Bench.Measuring;

// The figures of one case, of each subject, round by round.
internal sealed class Tally
{
    private readonly Dictionary<(string Subject, Quantity Quantity), List<double>> _rounds = [];

    public void Add(string subject, Quantity quantity, double value)
    {
        if (!_rounds.TryGetValue((subject, quantity), out var rounds))
            _rounds[(subject, quantity)] = rounds = [];
        rounds.Add(value);
    }

    public void Add(string subject, IReadOnlyDictionary<Quantity, double> values)
    {
        foreach (var (quantity, value) in values) Add(subject, quantity, value);
    }

    // A row for each quantity that was measured of ours.
    public IEnumerable<Row> Rows(string name, string ours, IReadOnlyList<string> peers, string? reference) =>
        from key in _rounds.Keys
        where key.Subject == ours
        let quantity = key.Quantity
        select new Row(
            name,
            quantity.Metric,
            quantity.Unit,
            Median.Of(Of(ours, quantity)),
            peers.ToDictionary(peer => peer, peer => Median.Of(Of(peer, quantity))),
            reference,
            reference is null
                ? null
                : Ratio.Of(Of(ours, quantity), Of(reference, quantity), quantity.Better));

    private List<double> Of(string subject, Quantity quantity) => _rounds[(subject, quantity)];
}
