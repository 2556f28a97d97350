using Akka.Actor;

namespace Akka.Event;

public class DeadLetterListener : ActorBase
{
    private readonly EventStream _stream = Context.System.EventStream;
    private readonly int _most = Context.System.Settings.LogDeadLetters;
    private readonly TimeSpan _pause = Context.System.Settings.LogDeadLettersSuspendDuration;

    private int _count;
    private long _pausedAt = NotPaused;

    private const long NotPaused = -1;

    protected override void PreStart()
    {
        _stream.Subscribe(Self, typeof(DeadLetter));
        _stream.Subscribe(Self, typeof(Dropped));
        _stream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override void PostStop() => _stream.Unsubscribe(Self);

    // A restart changes nothing in what is subscribed.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason)
    {
    }

    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter)
            return false;
        if (letter.Message is IDeadLetterSuppression)
            return true;

        _count = _count == int.MaxValue ? 1 : _count + 1;
        if (_pausedAt != NotPaused)
            EndPause(letter);
        else if (_count != _most || _most == int.MaxValue)
            Write(letter, "");
        else
            WriteLast(letter);
        return true;
    }

    private void WriteLast(AllDeadLetters letter)
    {
        if (_pause == Timeout.InfiniteTimeSpan)
        {
            Write(letter, ", no more dead letters will be logged");
            Context.Stop(Self);
            return;
        }

        Write(letter, $", no more dead letters will be logged in next [{_pause}]");
        _pausedAt = Environment.TickCount64;
    }

    private void EndPause(AllDeadLetters letter)
    {
        if (Environment.TickCount64 - _pausedAt <= _pause.TotalMilliseconds)
            return;
        Write(letter, $", of which {_count - _most - 1} were not logged. The counter will be reset now");
        _count = 0;
        _pausedAt = NotPaused;
    }

    private void Write(AllDeadLetters letter, string outlook)
    {
        var message = WrappedMessage.Unwrap(letter.Message);
        var name = message?.GetType().Name ?? "null";
        var wrapper = letter.Message is IWrappedMessage ? $" wrapped in [{letter.Message.GetType().Name}]" : "";
        var from = IsReal(letter.Sender) ? $" from {letter.Sender}" : "";
        var to = letter is DeadLetter || IsReal(letter.Recipient) ? $" to {letter.Recipient}" : "";
        var fate = letter switch
        {
            Dropped dropped => $"was dropped. {dropped.Reason}",
            UnhandledMessage => "was unhandled",
            _ => "was not delivered",
        };
        var hint = letter is DeadLetter
            ? $"If this is not an expected behavior then {letter.Recipient} may have terminated unexpectedly. "
            : "";
        var text = message?.ToString() ?? "null";
        var content = text == name ? "" : $" Message content: {text}";
        _stream.Publish(new Info(
            letter.Recipient.Path.ToString(),
            letter.Recipient.GetType(),
            $"Message [{name}]{wrapper}{from}{to} {fate}. [{_count}] dead letters encountered{outlook}. {hint}" +
            "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' " +
            $"and 'akka.log-dead-letters-during-shutdown'.{content}"));
    }

    private static bool IsReal(IActorRef actor) =>
        actor != null && !ReferenceEquals(actor, ActorRefs.NoSender) &&
        !ReferenceEquals(actor, Context.System.DeadLetters);
}
