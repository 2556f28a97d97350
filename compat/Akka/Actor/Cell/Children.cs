namespace Akka.Actor.Internal;

// The children of one actor. Guardians get theirs from any thread, and anybody may look one up by its path.
internal sealed class Children
{
    internal static readonly Children Terminated = new() { _closed = true, _terminated = true };

    private readonly Dictionary<string, ChildRestartStats> _byName = [];
    private readonly HashSet<IActorRef> _dying = [];
    private SuspendReason _reason;
    private bool _closed;
    private bool _terminated;

    internal bool IsTerminating
    {
        get
        {
            lock (_byName)
                return _closed;
        }
    }

    internal bool IsNormal
    {
        get
        {
            lock (_byName)
                return !_closed && _reason is SuspendReason.None or SuspendReason.UserRequest;
        }
    }

    internal bool IsWaiting
    {
        get
        {
            lock (_byName)
                return _reason is SuspendReason.Recreation or SuspendReason.Creation;
        }
    }

    internal ChildRestartStats[] Snapshot()
    {
        lock (_byName)
        {
            var count = 0;
            var all = new ChildRestartStats[_byName.Count];
            foreach (var stats in _byName.Values)
            {
                if (stats != null)
                    all[count++] = stats;
            }

            return count == all.Length ? all : all[..count];
        }
    }

    internal void Reserve(string name)
    {
        lock (_byName)
        {
            if (_closed)
                throw new InvalidOperationException("Cannot create child while terminating or terminated");
            if (!_byName.TryAdd(name, null))
                throw new InvalidActorNameException($@"Actor name ""{name}"" is not unique!");
        }
    }

    internal void Unreserve(string name)
    {
        lock (_byName)
            _byName.Remove(name);
    }

    // False where the parent began to stop meanwhile: then the child has to stop too, and the parent waits for it
    // unless it is gone already.
    internal bool Init(string name, IInternalActorRef child)
    {
        lock (_byName)
        {
            _byName[name] = new ChildRestartStats(child);
            if (_closed && !_terminated)
                _dying.Add(child);
            return !_closed;
        }
    }

    internal void Close()
    {
        lock (_byName)
            _closed = true;
    }

    internal ChildRestartStats Find(string name)
    {
        lock (_byName)
            return _byName.GetValueOrDefault(name);
    }

    internal ChildRestartStats Find(IActorRef child)
    {
        var stats = Find(child.Path.Name);
        return stats != null && stats.Child.Equals(child) ? stats : null;
    }

    internal void ShallDie(IActorRef child)
    {
        lock (_byName)
        {
            if (_dying.Add(child) && _reason == SuspendReason.None)
                _reason = SuspendReason.UserRequest;
        }
    }

    // True where some are still stopping: then the reason is what happens after the last of them.
    internal bool SetReason(SuspendReason reason)
    {
        lock (_byName)
        {
            if (_dying.Count == 0)
            {
                _terminated |= reason == SuspendReason.Termination;
                return false;
            }

            _reason = reason;
            return true;
        }
    }

    // The reason for which the actor waited, if it was for this child, the last.
    internal SuspendReason Remove(IActorRef child)
    {
        lock (_byName)
        {
            _byName.Remove(child.Path.Name);
            if (!_dying.Remove(child) || _dying.Count > 0)
                return SuspendReason.None;
            var reason = _reason;
            _reason = SuspendReason.None;
            _terminated = reason == SuspendReason.Termination;
            return reason;
        }
    }
}
