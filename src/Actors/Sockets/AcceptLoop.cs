using Akka.Actor;

namespace Handoff.Sockets;

// Keeps one accept under way while the listener says that there is room. It may crash; its parent starts it again.
internal sealed class AcceptLoop(AcceptSource source, TimeSpan pause) : UntypedActor, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(AcceptSource source, TimeSpan pause) =>
        Akka.Actor.Props.Create(() => new AcceptLoop(source, pause));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Step.Next:
                source.Accept(Context.Parent);
                break;
            case Step.NextAfterPause:
                Timers.StartSingleTimer(nameof(Step.Next), Step.Next, pause);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // A pause may have been under way.
    protected override void PostRestart(Exception reason) => Self.Tell(Step.NextAfterPause);

    public enum Step
    {
        // There is room for a connection.
        Next,

        // The last accept failed.
        NextAfterPause,
    }
}
