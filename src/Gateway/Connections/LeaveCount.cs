using Akka.Actor;

namespace Handoff.Gateway.Connections;

// A service waits for its connections to say whether they leave.
internal sealed class LeaveCount(IActorRef asker, IEnumerable<IActorRef> asked)
{
    private readonly HashSet<IActorRef> _unanswered = [.. asked];

    public IActorRef Asker => asker;

    public int OnOffer { get; private set; }

    public bool IsComplete => _unanswered.Count == 0;

    public void Note(IActorRef connection, bool isOnOffer)
    {
        if (_unanswered.Remove(connection) && isOnOffer) OnOffer++;
    }
}
