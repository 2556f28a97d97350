using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Parties;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.TestKit.Scenarios;

// How sockets come on stage, and their other ends.
internal sealed partial class Stage
{
    private readonly Dictionary<string, Peer> _peers = [];
    private readonly Dictionary<string, Sender> _senders = [];
    private readonly Dictionary<string, SocketListener> _called = [];

    public IReadOnlyCollection<Peer> Peers => _peers.Values;

    public IReadOnlyCollection<Sender> Senders => _senders.Values;

    public Peer PeerOf(string name) => _peers.TryGetValue(name, out var peer)
        ? peer
        : throw new StoryException($"there is no connection {name}");

    // There from the first mention on.
    public Sender SenderOf(string name)
    {
        if (_senders.TryGetValue(name, out var known)) return known;
        var (socket, result) = Theatre.Door.Open(Transport.PlaceOf(name), remote: null);
        if (socket is null) throw new StoryException($"{name} has no datagram socket: {result}");
        var sender = new Sender(name, socket);
        _senders.Add(name, sender);
        Names.EnterSender(name, sender.Place);
        sender.Start(System.Begin);
        Rest();
        return sender;
    }

    public void Listen(Party owner, string door, Party? acceptor, OfferMode mode, IAcceptFilter? filter = null)
    {
        Names.ExpectDoor(door);
        var listen = new Listen(Transport.PlaceOf(door), owner.Ref, acceptor?.Ref)
        {
            Transport = Theatre.Door.Name,
            Mode = mode,
            AcceptFilter = filter,
        };
        Do(owner, self => owner.Send(Sockets, listen, self));
        Until(() => Names.HasPlace(door) ? null : $"{owner.Name} does not get to listen at {door}");
    }

    public void Bind(Party owner, string board, Reading reading, Party? heir)
    {
        Names.ExpectBoard(board);
        var bind = new Bind(Transport.PlaceOf(board), owner.Ref)
        {
            Transport = Theatre.Door.Name,
            Reading = reading,
            Heir = heir?.Ref,
        };
        Do(owner, self => owner.Send(Sockets, bind, self));
        Until(() => Names.HasPlace(board) ? null : $"{owner.Name} does not get to bind {board}");
    }

    // The acceptor is offered what comes to a door of its own.
    public string DoorOf(Party acceptor)
    {
        var door = $"{acceptor.Name}-door";
        if (!Names.HasPlace(door)) Listen(PartyOf("doorkeeper"), door, acceptor, OfferMode.InOrder);
        return door;
    }

    public Peer Connect(string name, EndPoint place)
    {
        DemandNew(name);
        var connecting = Theatre.Door
            .ConnectAsync(place, Transport.PlaceOfPeer(name), Patience, CancellationToken.None).AsTask();
        if (!connecting.IsCompleted) Until(() => connecting.IsCompleted ? null : $"{name} does not connect");
        var (connection, result) = connecting.GetAwaiter().GetResult();
        if (connection is null) throw new StoryException($"{name} does not connect: {result}");
        return Enter(name, connection, connection.LocalEndPoint!);
    }

    // The other way round: an owner connects to where the peer listens, and nobody answers before the story says so.
    public void Listen(string name)
    {
        DemandNew(name);
        var (listener, result) = Theatre.Door.Listen(Transport.PlaceOf(name), backlog: 1);
        if (listener is null) throw new StoryException($"the peer of {name} does not listen: {result}");
        _called.Add(name, listener);
        Theatre.Door.Hold(listener.LocalEndPoint);
    }

    public EndPoint PlaceOfCalled(string name) => CalledAt(name).LocalEndPoint;

    public void Answer(string name)
    {
        var listener = CalledAt(name);
        var accepting = listener.AcceptAsync(CancellationToken.None).AsTask();
        System.PipeScheduler.Schedule(_ => Theatre.Door.LetGo(listener.LocalEndPoint), null);
        Until(() => accepting.IsCompleted ? null : $"nobody connects to the peer of {name}");
        var (connection, result) = accepting.GetAwaiter().GetResult();
        if (connection is null) throw new StoryException($"the peer of {name} does not accept: {result}");
        Enter(name, connection, listener.LocalEndPoint);
        StopListening(name);
    }

    public void StopListening()
    {
        foreach (var name in _called.Keys.ToList()) StopListening(name);
    }

    // Whoever has connected and was not answered is refused.
    public void StopListening(string name)
    {
        var listener = CalledAt(name);
        _called.Remove(name);
        listener.Dispose();
        System.PipeScheduler.Schedule(_ => Theatre.Door.LetGo(listener.LocalEndPoint), null);
    }

    private SocketListener CalledAt(string name) => _called.TryGetValue(name, out var listener)
        ? listener
        : throw new StoryException($"the peer of {name} does not listen");

    private void DemandNew(string name)
    {
        if (_peers.ContainsKey(name) || _called.ContainsKey(name))
            throw new StoryException($"there is a connection {name} already");
    }

    // Place is the address by which its owner knows the peer.
    private Peer Enter(string name, SocketConnection connection, EndPoint place)
    {
        var (inbound, outbound) = Names.EnterPeer(name, place);
        var peer = new Peer(name, connection, inbound, outbound);
        _peers.Add(name, peer);
        peer.Start(System.Begin);
        Rest();
        return peer;
    }

    // Of what only the test's own actors were told, the sockets themselves tell.
    private void Introduce(long id, IActorRef socket, SocketFacts? facts, EndPoint? listensAt = null)
    {
        if (Witness.Sees(id, socket)) Names.Introduce(id, facts, listensAt);
    }

    private void Introduce(object message)
    {
        switch (message)
        {
            case Offered offered: Introduce(offered.Offer.Id, offered.Offer.Socket, offered.Facts); break;
            case Acquired acquired: Introduce(acquired.Handle.Id, acquired.Handle.Socket, acquired.Facts); break;
            case Listening listening:
                Introduce(listening.Handle.Id, listening.Handle.Socket, null, listening.EndPoint);
                break;
        }
    }
}
