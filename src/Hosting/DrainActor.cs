using Akka.Actor;
using Akka.Event;
using Handoff.Messages;
using Handoff.Sockets;

namespace Handoff.Hosting;

// Carries out one step and stops: does it to each socket that there is, and waits until they are gone or the time is
// over. It answers with the number of those that are left.
internal sealed class DrainActor(DrainStep step, OwnerIndex sockets, TimeSpan within) : UntypedActor, IWithTimers
{
    private const string ListenerPrefix = "listener-";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _left = [];
    private IActorRef _asker = ActorRefs.Nobody;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(DrainStep step, OwnerIndex sockets, TimeSpan within) =>
        Akka.Actor.Props.Create(() => new DrainActor(step, sockets, within));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Begin:
                _asker = Sender;
                Timers.StartSingleTimer(nameof(Late), Late.Instance, within);
                Survey();
                break;
            case Terminated dead:
                _left.Remove(dead.ActorRef);
                if (_left.Count == 0) Survey();
                break;
            case Late:
                End();
                break;
            default:
                // What the sockets answer, such as Refused, is told by their end.
                break;
        }
    }

    // Once more at the end: a connection may have come from the last accept, or an owner may have connected.
    private void Survey()
    {
        foreach (var place in sockets.After(id: 0, int.MaxValue).Where(IsMeant))
        {
            if (!_left.Add(place.Socket)) continue;
            Context.Watch(place.Socket);
            Do(place);
        }

        if (_left.Count == 0) End();
    }

    // Only what a listener brought is an owner's to finish; others may be kept open for as long as the program runs.
    private bool IsMeant(OwnerIndex.Place place) =>
        step is not DrainStep.Finish
        || place.Socket.Path.Parent.Name.StartsWith(ListenerPrefix, StringComparison.Ordinal);

    // A handle that changes hands meanwhile is refused, and what is left goes to the next step. What nobody owns has
    // no handle: it is on offer, whose time is bounded, and its actor is stopped in the last step.
    private void Do(OwnerIndex.Place place)
    {
        if (step is DrainStep.Finish) return;
        if (place.Handle is { } handle && place.Owner is not null)
            place.Socket.Tell(step is DrainStep.Close ? new Close(handle) : new Abort(handle), Self);
        else if (step is DrainStep.Abort)
            place.Socket.Tell(PoisonPill.Instance, Self);
    }

    private void End()
    {
        if (_left.Count > 0) _log.Info("stopping: {0} sockets are left after {1} ({2})", _left.Count, within, step);
        _asker.Tell(_left.Count, Self);
        Context.Stop(Self);
    }

    public sealed record Begin
    {
        private Begin()
        {
        }

        public static Begin Instance { get; } = new();
    }

    private sealed record Late
    {
        private Late()
        {
        }

        public static Late Instance { get; } = new();
    }
}
