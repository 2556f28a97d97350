using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Checks;
using Handoff.TestKit.Parties;
using Handoff.TestKit.Running;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Scenarios;

// Where one scenario is played: its parties, peers and sockets by their names, and what is seen of them.
internal sealed class Stage : IStage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, Party> _parties = [];
    private readonly Dictionary<string, Peer> _peers = [];
    private readonly Random _random;
    private Exception? _problem;
    private int _together;

    public Stage(Theatre theatre, ScenarioTransport transport, int seed)
    {
        Theatre = theatre;
        Transport = transport;
        _random = new Random(seed);
        theatre.Open(transport, seed);
        BlocksBefore = theatre.BlocksOut;
        Names = new Names(Watch);
        History = new History(System.Clock);
        Witness = new Witness(System.Actors);
    }

    public Theatre Theatre { get; }

    public ScenarioTransport Transport { get; }

    public SeededSystem System => Theatre.System;

    public Watch Watch { get; } = new();

    public Names Names { get; }

    public History History { get; }

    public Witness Witness { get; }

    public IActorRef Sockets => System.Handoff.Sockets;

    public int BlocksBefore { get; }

    // A lease that ends with a read result open leaves its blocks to the garbage collector.
    public bool MayTear { get; set; }

    public HashSet<string> ExpectedErrors { get; } = [];

    public IReadOnlyCollection<Party> Parties => _parties.Values;

    public IReadOnlyCollection<Peer> Peers => _peers.Values;

    public Party PartyOf(string name)
    {
        if (_parties.TryGetValue(name, out var known)) return known;
        var party = new Party(name, this);
        _parties[name] = party;
        party.Ref = System.Actors.ActorOf(Party.Props(party), name);
        return party;
    }

    // An actor that is not the story's: what it is told and does is not seen.
    public void Enter(string name, Props props)
    {
        if (_parties.ContainsKey(name)) throw new StoryException($"there is somebody called {name} already");
        Watch.LoseSight();
        _parties[name] = new Party(name, this) { Ref = System.Actors.ActorOf(props, name), IsForeign = true };
        Rest();
    }

    public Peer PeerOf(string name) => _peers.TryGetValue(name, out var peer)
        ? peer
        : throw new StoryException($"there is no connection {name}");

    // As it was when everything came to rest; null if it is closed.
    public SocketStatus? StatusOf(string label) => Witness.Statuses.GetValueOrDefault(IdOf(label)).Status;

    public long IdOf(string label) => Names.IdOf(label);

    public string LabelOf(long socket) => Names.LabelOf(socket);

    public string LabelOf(object message) => Watch.SocketOf(message) is { } id ? LabelOf(id) : "";

    public void Note(string what) => History.Add(what);

    public void Failed(Exception problem) => _problem ??= problem;

    public void Told(Party party, object message)
    {
        Introduce(message);
        if (Watch.SocketOf(message) is { } id) Note($"{party.Name} <- {LabelOf(id)}: {Phrase.Of(message)}");
        else Note($"{party.Name} <- {Phrase.Of(message)}");
    }

    public void Sends(Party party, object command)
    {
        var socket = Watch.SocketOf(command) is { } id ? LabelOf(id) : "the sockets";
        Note($"{party.Name} -> {socket}: {Phrase.Of(command)}");
    }

    // What the party does runs inside its actor.
    public void Do(Party party, Action<IActorRef> act)
    {
        if (party.IsForeign) throw new StoryException($"{party.Name} is the test's own actor, and does what it does");
        party.Ref.Tell(new Act(act), ActorRefs.NoSender);
        Rest();
    }

    public byte[] Draw(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    public void Listen(Party owner, string door, Party? acceptor, OfferMode mode)
    {
        Names.Expect(door);
        var listen = new Listen(Transport.PlaceOf(door), owner.Ref, acceptor?.Ref)
        {
            Transport = Theatre.Door.Name,
            Mode = mode,
        };
        Do(owner, self => owner.Send(Sockets, listen, self));
        Until(() => Names.IsDoor(door) ? null : $"{owner.Name} does not get to listen at {door}");
    }

    // The acceptor is offered what comes to a door of its own.
    public string DoorOf(Party acceptor)
    {
        var door = $"{acceptor.Name}-door";
        if (!Names.IsDoor(door)) Listen(PartyOf("doorkeeper"), door, acceptor, OfferMode.InOrder);
        return door;
    }

    // Code that awaits and is no actor's.
    public void InContext(Action act)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(System.Context);
        try
        {
            act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    public Peer Connect(string name, EndPoint place)
    {
        if (_peers.ContainsKey(name)) throw new StoryException($"there is a connection {name} already");
        var connecting = Theatre.Door.ConnectAsync(place, Patience, CancellationToken.None).AsTask();
        if (!connecting.IsCompleted) Until(() => connecting.IsCompleted ? null : $"{name} does not connect");
        var (connection, result) = connecting.GetAwaiter().GetResult();
        if (connection is null) throw new StoryException($"{name} does not connect: {result}");
        return Enter(name, connection);
    }

    public void Together(Action act)
    {
        Unrested(act);
        Rest();
    }

    // Also inside a step of the run, where nothing can come to rest.
    public void Unrested(Action act)
    {
        _together++;
        try
        {
            act();
        }
        finally
        {
            _together--;
        }
    }

    // Everything that needs no time to pass has happened; then all checks look.
    public void Rest()
    {
        if (_together > 0) return;
        Run();
        Witness.AskAll(alsoUnknown: Watch.MayBeOutOfSight);
        Run();
        foreach (var (socket, status) in Witness.Statuses.Values) Look(socket, status);
        Watch.AtRest();
        Demand();
    }

    // Null is what was waited for; with sockets of the operating system it may take a while.
    public void Until(Func<string?> whyNot)
    {
        var since = TimeProvider.System.GetTimestamp();
        Rest();
        while (whyNot() is { } reason)
        {
            if (!Transport.IsOutside || TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new StoryException(reason);
            System.AwaitOutside(Quiet);
            Rest();
        }
    }

    public void Demand()
    {
        if (_problem is { } problem) throw problem;
        if (Watch.Violations.First is { } violation) throw new StoryException(violation);
    }

    private void Run()
    {
        System.RunUntilIdle();
        while (Transport.IsOutside && System.AwaitOutside(Quiet))
        {
        }
    }

    private Peer Enter(string name, SocketConnection connection)
    {
        var (inbound, outbound) = Names.Enter(name, connection);
        var peer = new Peer(name, connection, inbound, outbound);
        _peers.Add(name, peer);
        peer.Start(System.Begin);
        Rest();
        return peer;
    }

    private void Look(IActorRef socket, SocketStatus status)
    {
        Introduce(status.Facts.Id, socket, status.Facts);
        var isForeign = _parties.Values.Any(party => party.IsForeign && party.Ref.Equals(status.Owner));
        if (!isForeign) Watch.Ownership.AtRest(status);
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
