using Akka.Actor;
using Akka.Event;

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
            case Step { IsAfterPause: false }:
                source.Accept(Context.Parent);
                break;
            case Step:
                Timers.StartSingleTimer(nameof(Step.Next), Step.Next, pause);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // A pause may have been under way.
    protected override void PostRestart(Exception reason) => Self.Tell(Step.NextAfterPause);

    // It may come to a loop that its listener, closed meanwhile, has stopped.
    public sealed class Step : IDeadLetterSuppression
    {
        private Step(bool isAfterPause) => IsAfterPause = isAfterPause;

        // There is room for a connection.
        public static Step Next { get; } = new(isAfterPause: false);

        // The last accept failed.
        public static Step NextAfterPause { get; } = new(isAfterPause: true);

        public bool IsAfterPause { get; }
    }
}
