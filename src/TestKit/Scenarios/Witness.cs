using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Parties;

namespace Handoff.TestKit.Scenarios;

// Sees sockets end, and asks them what they are.
internal sealed class Witness
{
    private static readonly string[] AllSockets = ["/system/handoff/*", "/system/handoff/*/*"];

    private readonly ActorSystem _system;
    private readonly IActorRef _self;
    private readonly Dictionary<long, IActorRef> _sockets = [];

    public Witness(ActorSystem system)
    {
        _system = system;
        _self = system.ActorOf(Props.Create(() => new WitnessActor(this)));
    }

    public HashSet<IActorRef> Dead { get; } = [];

    public Dictionary<long, (IActorRef Socket, SocketStatus Status)> Statuses { get; } = [];

    public IEnumerable<IActorRef> Alive => _sockets.Values.Where(socket => !Dead.Contains(socket));

    // True if it has not seen it before.
    public bool Sees(long id, IActorRef socket)
    {
        if (!_sockets.TryAdd(id, socket)) return false;
        _self.Tell(socket, ActorRefs.NoSender);
        return true;
    }

    public IActorRef SocketOf(long id) => _sockets.TryGetValue(id, out var socket)
        ? socket
        : throw new StoryException("nobody was told of this socket");

    public bool IsDead(long id) => _sockets.TryGetValue(id, out var socket) && Dead.Contains(socket);

    // Also those that no party was told of, where there are actors that are not the story's own.
    public void AskAll(bool alsoUnknown)
    {
        Statuses.Clear();
        if (alsoUnknown)
        {
            foreach (var path in AllSockets) _system.ActorSelection(path).Tell(GetStatus.Instance, _self);
            return;
        }

        foreach (var socket in Alive) socket.Tell(GetStatus.Instance, _self);
    }

    public void Leave() => _system.Stop(_self);
}
