using System.Globalization;
using Handoff.TestKit.Running;

namespace Handoff.TestKit.Scenarios;

// The last events of a run, for whoever reads why it failed.
internal sealed class History(VirtualClock clock)
{
    private const int Most = 200;

    private readonly Queue<(TimeSpan At, string What)> _last = new();
    private int _count;

    public void Add(string what)
    {
        _count++;
        if (_last.Count == Most) _last.Dequeue();
        _last.Enqueue((clock.Elapsed, what));
    }

    public override string ToString()
    {
        var lines = _last.Select(last => string.Create(
            CultureInfo.InvariantCulture, $"  {last.At.TotalSeconds,8:0.000} s  {last.What}"));
        return $"the last {_last.Count} of {_count} events:\n{string.Join('\n', lines)}";
    }
}
