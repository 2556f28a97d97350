using Akka.Actor.Internal;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    private const string NameAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    private Children _children;
    private long _nextName = -1;

    public IActorRef ActorOf(Props props, string name = null) => MakeChild(props, name);

    public IActorRef Child(string name) => (IActorRef)_children?.Find(name)?.Child ?? ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren()
    {
        var stats = ChildStats();
        var children = new IActorRef[stats.Length];
        for (var i = 0; i < stats.Length; i++)
            children[i] = stats[i].Child;
        return children;
    }

    public void Stop(IActorRef child)
    {
        if (_children?.Find(child) != null)
            _children.ShallDie(child);
        ((IInternalActorRef)child).Stop();
    }

    internal bool IsTerminating => _children is { IsTerminating: true };

    internal ChildRestartStats[] ChildStats() => _children?.Snapshot() ?? [];

    // A name with a uid means that very incarnation.
    internal IInternalActorRef GetSingleChild(string name)
    {
        var (bare, uid) = ActorPath.SplitUid(name);
        var child = _children?.Find(bare)?.Child;
        return child != null && (uid == UndefinedUid || uid == child.Path.Uid) ? child : ActorRefs.Nobody;
    }

    internal LocalActorRef MakeChild(Props props, string name)
    {
        if (name == null)
            name = NextName();
        else
            CheckName(name);
        var children = _children ?? CreateChildren();
        children.Reserve(name);
        LocalActorRef child;
        try
        {
            var path = new ChildActorPath(_self.Path, name, Random.Shared.Next(1, int.MaxValue));
            child = SystemImpl.LocalProvider.CreateActor(props, _self, path);
        }
        catch
        {
            children.Unreserve(name);
            throw;
        }

        // One that is made while its parent is suspended waits with it.
        if (IsFailed)
        {
            for (var i = Mailbox.SuspendCount; i > 0; i--)
                ((IInternalActorRef)child).Suspend();
        }

        var goesOn = children.Init(name, child);
        child.Cell.Start();
        if (!goesOn)
            child.StopCell();
        return child;
    }

    // For the guardians, whose names are not the user's to choose.
    internal void Adopt(LocalActorRef child)
    {
        var children = _children ?? CreateChildren();
        children.Reserve(child.Path.Name);
        children.Init(child.Path.Name, child);
        child.Cell.Start();
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. {ActorPath.ValidActorNameDescription}");
        }
    }

    private Children CreateChildren()
    {
        var created = new Children();
        return Interlocked.CompareExchange(ref _children, created, null) ?? created;
    }

    private string NextName()
    {
        const int longest = 12;
        Span<char> name = stackalloc char[longest];
        name[0] = '$';
        var length = 1;
        var rest = Interlocked.Increment(ref _nextName);
        do
        {
            name[length++] = NameAlphabet[(int)(rest & 63)];
            rest >>= 6;
        }
        while (rest != 0);
        return new string(name[..length]);
    }

    private void SuspendChildren(IActorRef except)
    {
        foreach (var stats in ChildStats())
        {
            if (except == null || !stats.Child.Equals(except))
                stats.Child.Suspend();
        }
    }

    private void ResumeChildren(Exception causedByFailure, IActorRef perpetrator)
    {
        foreach (var stats in ChildStats())
            stats.Child.Resume(stats.Child.Equals(perpetrator) ? causedByFailure : null);
    }

    private void StopChildren()
    {
        foreach (var stats in ChildStats())
            Stop(stats.Child);
    }

    // From here on no child can be made, not even from another thread.
    private bool WaitsForChildren(SuspendReason reason)
    {
        if (_children == null && reason != SuspendReason.Termination)
            return false;
        var children = _children ?? Interlocked.CompareExchange(ref _children, Children.Terminated, null);
        return children != null && children.SetReason(reason);
    }

    private void HandleChildTerminated(IActorRef child)
    {
        switch (_children.Remove(child))
        {
            case SuspendReason.Recreation:
                FinishRecreate(_recreationCause, _actor);
                break;
            case SuspendReason.Creation:
                FinishCreate();
                break;
            case SuspendReason.Termination:
                FinishTerminate();
                break;
        }
    }
}
