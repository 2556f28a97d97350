using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    // What to send instead of Terminated, where WatchWith said so; else null.
    private RefTable _watching;
    private RefTable _watchedBy;

    // Terminated messages on their way through the own mailbox. Unwatch takes them out, and they are then ignored.
    private Dictionary<IActorRef, object> _terminatedQueued;

    public IActorRef Watch(IActorRef subject) => Watch(subject, instead: null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Watch(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var watchee = (IInternalActorRef)subject;
        if (_watching.Remove(watchee))
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
        _terminatedQueued?.Remove(watchee);
        return subject;
    }

    // Before it is started; afterwards only the actor itself may.
    internal void WatchFromOutside(IActorRef subject) => _watching.TryAdd(subject, null);

    internal void TerminatedQueuedFor(IActorRef subject, object instead) =>
        (_terminatedQueued ??= [])[subject] = instead;

    private IActorRef Watch(IActorRef subject, object instead)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var watchee = (IInternalActorRef)subject;
        if (!watchee.Equals(_self) && _watching.TryAdd(watchee, instead))
            watchee.SendSystemMessage(new Watch(watchee, _self));
        return subject;
    }

    private void ReceivedTerminated(Terminated terminated)
    {
        if (_terminatedQueued != null && _terminatedQueued.Remove(terminated.ActorRef, out var instead))
            ReceiveMessage(instead ?? terminated);
    }

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed)
    {
        if (_watching.Remove(actor, out var instead) && !IsTerminating)
        {
            _self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated: false), actor);
            TerminatedQueuedFor(actor, instead);
        }

        if (_children?.Find(actor) != null)
            HandleChildTerminated(actor);
    }

    private void TellWatchersWeDied()
    {
        // The parent is told anyway.
        foreach (var watcher in _watchedBy.TakeAll().Keys)
        {
            if (!watcher.Equals(Parent))
            {
                ((IInternalActorRef)watcher).SendSystemMessage(
                    new DeathWatchNotification(_self, existenceConfirmed: true));
            }
        }
    }

    private void UnwatchWatchedActors()
    {
        foreach (var watched in _watching.TakeAll().Keys)
        {
            var watchee = (IInternalActorRef)watched;
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
        }

        _terminatedQueued = null;
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        if (_watchedBy.TryAdd(watcher, with: null) && SystemImpl.Settings.DebugLifecycle)
            PublishDebug($"now watched by {watcher}");
    }

    private void RemoveWatcher(IInternalActorRef watcher)
    {
        if (_watchedBy.Remove(watcher) && SystemImpl.Settings.DebugLifecycle)
            PublishDebug($"no longer watched by {watcher}");
    }
}
