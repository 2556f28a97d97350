using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

// Prints what no filter takes away.
public class TestEventListener : DefaultLogger
{
    private readonly List<LogFilter> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger start:
                start.LoggingBus.Subscribe(Context.Self, typeof(FilterCommand));
                start.LoggingBus.Subscribe(Context.Self, typeof(DeadLetter));
                start.LoggingBus.Subscribe(Context.Self, typeof(UnhandledMessage));
                return base.Receive(message);
            case FilterCommand.Mute mute:
                _filters.AddRange(mute.Filters);
                break;
            case FilterCommand.Unmute unmute:
                foreach (var filter in unmute.Filters)
                    _filters.Remove(filter);
                break;
            case LogEvent logEvent:
                if (!IsTakenAway(logEvent))
                    Print(logEvent);
                break;
            case DeadLetter letter:
                Report(letter);
                break;
            default:
                Print(new Debug(Context.System.Name, GetType(), message));
                break;
        }

        return true;
    }

    // Filters see the letter itself, the reader of the log a line about it.
    private void Report(DeadLetter letter)
    {
        var path = letter.Recipient.Path.ToString();
        var type = letter.Recipient.GetType();
        if (!IsTakenAway(new Warning(path, type, letter)))
            Print(new Warning(
                path, type, $"Dead letter from {letter.Sender} to {letter.Recipient}: {letter.Message}"));
    }

    private bool IsTakenAway(LogEvent logEvent)
    {
        foreach (var filter in _filters)
        {
            try
            {
                if (filter.Apply(logEvent))
                    return true;
            }
            catch (Exception e)
            {
                // A test's predicate that throws does not match, and must not stop the logger.
                Print(new Warning(
                    Context.Self.Path.ToString(), GetType(), $"The filter [{filter}] failed: {e.Message}"));
            }
        }

        return false;
    }
}
