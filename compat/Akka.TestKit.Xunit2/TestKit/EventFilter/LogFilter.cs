using Akka.Event;

namespace Akka.TestKit.Internal;

internal sealed class LogFilter(string name, Predicate<LogEvent> isMatch)
{
    public event Action Matched;

    public bool Apply(LogEvent logEvent)
    {
        if (!isMatch(logEvent))
            return false;
        Matched?.Invoke();
        return true;
    }

    public override string ToString() => name;
}
