using Akka.Actor;

namespace Handoff.Actors.Tests.Crashes;

// How many times a socket changed hands, all sockets together. At the limit whoever holds one waits, until nothing
// moves and whoever measures goes on.
internal sealed class HandoffCount(int sockets)
{
    private readonly Lock _gate = new();
    private readonly List<(IActorRef Owner, object Word)> _waiting = [];
    private TaskCompletionSource _still = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _limit;

    public long Moved { get; private set; }

    public long Reverted { get; private set; }

    public string? Wrong { get; private set; }

    // Until so many have moved and all sockets are held and at rest.
    public async Task ReachAsync(long limit, TimeSpan patience)
    {
        List<(IActorRef Owner, object Word)> waiting;
        lock (_gate)
        {
            _limit = limit;
            _still = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var (owner, word) in waiting) owner.Tell(word);
        await _still.Task.WaitAsync(patience);
        if (Wrong is not null) throw new InvalidOperationException(Wrong);
    }

    // Each owner that waits is told this, instead of the words it waited with.
    public void Dismiss(object word)
    {
        lock (_gate)
        {
            foreach (var owner in _waiting.Select(each => each.Owner).Distinct()) owner.Tell(word);
            _waiting.Clear();
        }
    }

    public void Changed(bool moved)
    {
        lock (_gate)
        {
            if (moved) Moved++;
            else Reverted++;
        }
    }

    // Whether the holder of a socket may release it; if not, the word is told to it later.
    public bool MayRelease(IActorRef owner, object word)
    {
        lock (_gate)
        {
            if (Moved < _limit) return true;
            _waiting.Add((owner, word));
            if (_waiting.Count == sockets) _still.TrySetResult();
            return false;
        }
    }

    public void Fail(string why)
    {
        lock (_gate) Wrong ??= why;
        _still.TrySetResult();
    }
}
