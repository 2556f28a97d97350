using Akka.Event;

namespace Handoff.TestKit.Running;

// What a seeded system logged. Bounded: a run that logs without end is told by its first lines.
internal sealed class EventLog
{
    private const int Most = 256;

    private readonly List<LogEvent> _events = [];

    public IReadOnlyList<LogEvent> Events => _events;

    public void Add(LogEvent logged)
    {
        if (_events.Count < Most) _events.Add(logged);
    }

    public void Clear() => _events.Clear();
}
