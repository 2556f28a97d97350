using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Streams.Implementation;

// A reference to a function: no mailbox and no cell, but it watches and can be watched.
internal sealed class FunctionRef : MinimalActorRef
{
    private readonly Lock _lock = new();
    private readonly HashSet<IActorRef> _watching = [];
    private readonly HashSet<IInternalActorRef> _watchedBy = [];
    private readonly ActorMaterializer _materializer;
    private readonly LocalActorRefProvider _provider;
    private readonly Action<(IActorRef, object)> _receive;
    private bool _isStopped;

    public FunctionRef(ActorMaterializer materializer, Action<(IActorRef, object)> receive, string name)
    {
        _materializer = materializer;
        _receive = receive;
        _provider = ((ActorSystemImpl)materializer.System).LocalProvider;
        var path = _provider.NextTempPath();
        Path = string.IsNullOrEmpty(name) ? path : path.Parent / (path.Name + "-" + name);
        _provider.RegisterTemporary(this);
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider => _provider;

    internal override IInternalActorRef ParentRef => _provider.TempContainer;

    internal override bool HasTerminated => Volatile.Read(ref _isStopped);

    public void Watch(IActorRef actor)
    {
        lock (_lock)
        {
            if (_isStopped || !_watching.Add(actor))
                return;
        }

        ((IInternalActorRef)actor).SendSystemMessage(new Watch((IInternalActorRef)actor, this));
    }

    public void Unwatch(IActorRef actor)
    {
        lock (_lock)
        {
            if (!_watching.Remove(actor))
                return;
        }

        ((IInternalActorRef)actor).SendSystemMessage(new Unwatch((IInternalActorRef)actor, this));
    }

    public void Stop()
    {
        IActorRef[] watched;
        IInternalActorRef[] watchers;
        lock (_lock)
        {
            if (_isStopped)
                return;
            Volatile.Write(ref _isStopped, true);
            watched = [.. _watching];
            watchers = [.. _watchedBy];
            _watching.Clear();
            _watchedBy.Clear();
        }

        _provider.UnregisterTemporary(Path);
        foreach (var actor in watched)
            ((IInternalActorRef)actor).SendSystemMessage(new Unwatch((IInternalActorRef)actor, this));
        foreach (var watcher in watchers)
            watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true));
    }

    internal override void StopCell() => Stop();

    internal override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case Watch watch:
                AddWatcher(watch.Watcher);
                break;
            case Unwatch unwatch:
                lock (_lock)
                    _watchedBy.Remove(unwatch.Watcher);
                break;
            case DeathWatchNotification died:
                Died(died);
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message is PoisonPill or Kill)
        {
            _materializer.Logger.Warning(
                "{0} is the actor of a stage, which ignores {1}: tell it a message of its own instead", this, message);
        }
        else if (HasTerminated)
        {
            _provider.DeadLetters.Tell(new DeadLetter(message, sender ?? _provider.DeadLetters, this), sender);
        }
        else
        {
            _receive((sender, message));
        }
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        lock (_lock)
        {
            if (!_isStopped)
            {
                _watchedBy.Add(watcher);
                return;
            }
        }

        watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true));
    }

    private void Died(DeathWatchNotification died)
    {
        lock (_lock)
        {
            if (!_watching.Remove(died.Actor))
                return;
        }

        _receive((died.Actor, new Terminated(died.Actor, died.ExistenceConfirmed, addressTerminated: false)));
    }
}
