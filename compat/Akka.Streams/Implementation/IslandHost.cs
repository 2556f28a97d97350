using Akka.Actor;

namespace Akka.Streams.Implementation;

// The actor that islands run in, and which they are: its own, and those that its stages made.
internal sealed class IslandHost
{
    private readonly Lock _lock = new();
    private readonly List<Interpreter> _islands = [];
    private bool _isGone;

    public IActorRef Actor { get; set; }

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _islands.Count == 0;
        }
    }

    // False where the actor has stopped already.
    public bool TryAdd(Interpreter island)
    {
        lock (_lock)
        {
            if (!_isGone)
                _islands.Add(island);
            return !_isGone;
        }
    }

    public void Remove(Interpreter island)
    {
        lock (_lock)
            _islands.Remove(island);
    }

    // Those that ran or were about to.
    public Interpreter[] End()
    {
        lock (_lock)
        {
            _isGone = true;
            Interpreter[] left = [.. _islands];
            _islands.Clear();
            return left;
        }
    }
}
