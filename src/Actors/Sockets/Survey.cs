using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Sockets;

// How far a GetSockets is; a restart must not forget it.
internal sealed class Survey
{
    private readonly GetSockets _query;
    private readonly IActorRef _asker;
    private readonly long? _next;
    private readonly SortedList<long, SocketStatus> _answers = [];
    private readonly Dictionary<IActorRef, long> _asked = [];
    private bool _told;

    public Survey(GetSockets query, IActorRef asker, OwnerIndex index, int most)
    {
        // What nobody asked is answered by a dead letter, which anybody may read.
        _query = asker.IsNobody() ? query with { Credential = null } : query;
        _asker = asker;

        // One more than is asked tells whether more follow.
        var places = index.After(query.After, most + 1);
        foreach (var place in places.Take(most)) _asked.Add(place.Socket, place.Id);
        if (places.Count > most) _next = places[most - 1].Id;
    }

    public IReadOnlyCollection<IActorRef> Asked => _asked.Keys;

    public bool IsOver => _asked.Count == 0;

    public void Answered(IActorRef socket, SocketStatus status)
    {
        if (_asked.Remove(socket)) _answers.Add(status.Facts.Id, status);
    }

    public void Gone(IActorRef socket) => _asked.Remove(socket);

    public void Tell()
    {
        if (_told) return;
        _told = true;
        _asker.Tell(new SocketPage(_query, [.. _answers.Values], _next) { Silent = [.. _asked.Values.Order()] });
    }
}
