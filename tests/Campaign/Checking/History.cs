namespace Handoff.Campaign.Tests.Checking;

// What happened in a scenario, for people. Written only when one is replayed.
internal sealed class History(Func<TimeSpan> now)
{
    private const int Most = 5000;

    private readonly Queue<string> _lines = new();

    public IEnumerable<string> Lines => _lines;

    public void Add(string line)
    {
        if (_lines.Count == Most) _lines.Dequeue();
        _lines.Enqueue($"{now():mm\\:ss\\.fffffff}  {Names.In(line)}");
    }
}
