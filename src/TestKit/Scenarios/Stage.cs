using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Checks;
using Handoff.TestKit.Parties;
using Handoff.TestKit.Running;

namespace Handoff.TestKit.Scenarios;

// Where one scenario is played: its parties, peers and sockets by their names, and what is seen of them.
internal sealed partial class Stage : IStage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, Party> _parties = [];
    private readonly List<Task> _begun = [];
    private readonly Random _random;
    private Exception? _problem;
    private int _together;

    public Stage(Theatre theatre, ScenarioSetup setup, int seed)
    {
        Theatre = theatre;
        Transport = setup.Transport;
        _random = new Random(seed);
        theatre.Open(setup, seed);
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

    public bool IsTogether => _together > 0;

    public HashSet<string> ExpectedErrors { get; } = [];

    public IReadOnlyCollection<Party> Parties => _parties.Values;

    public Party PartyOf(string name)
    {
        if (_parties.TryGetValue(name, out var known)) return known;
        var party = new Party(name, this);
        _parties[name] = party;
        party.Ref = System.Actors.ActorOf(Party.Props(party), name);
        return party;
    }

    // An actor that is not the story's: what it is told and does is not seen.
    public void Enter(string name, Props props) => Enter(name, System.Actors.ActorOf(props, name));

    public void Enter(string name, IActorRef actor)
    {
        if (_parties.ContainsKey(name)) throw new StoryException($"there is somebody called {name} already");
        Watch.HasStrangers = true;
        _parties[name] = new Party(name, this) { Ref = actor, IsForeign = true };
        Rest();
    }

    // As it was when everything came to rest; null if it is closed.
    public SocketStatus? StatusOf(string label) => Witness.Statuses.GetValueOrDefault(IdOf(label)).Status;

    public long IdOf(string label) => Names.IdOf(label);

    public string LabelOf(long socket) => Names.LabelOf(socket);

    public string LabelOf(object message) => Watch.SocketOf(message) is { } id ? LabelOf(id) : "";

    public string SenderAt(EndPoint? place) => Names.SenderAt(place);

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
        if (IsTogether) return;
        System.RunUntilIdle();
        while (Transport.IsOutside && System.AwaitOutside(Quiet))
        {
        }

        Witness.AskAll(alsoUnknown: Watch.HasStrangers);
        System.RunUntilIdle();
        foreach (var (socket, status) in Witness.Statuses.Values) Look(socket, status);
        Watch.AtRest(socket => Witness.Statuses.TryGetValue(socket, out var known) ? known.Status.Epoch : null);
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

    // What is begun together with other things may end later; how is looked at whenever everything has come to rest.
    public void Await(Task begun)
    {
        _begun.Add(begun);
        if (!IsTogether) Until(() => begun.IsCompleted ? null : "it does not come to an end");
    }

    public void Demand()
    {
        if (_problem is { } problem) throw problem;
        if (Watch.Violations.First is { } violation) throw new StoryException(violation);
        foreach (var ended in _begun.Where(task => task.IsCompleted)) ended.GetAwaiter().GetResult();
        _begun.RemoveAll(task => task.IsCompleted);
    }

    private void Look(IActorRef socket, SocketStatus status)
    {
        Introduce(status.Facts.Id, socket, status.Facts);
        var isStrangers = Watch.HasStrangers
            && _parties.Values.Any(party => party.IsForeign && party.Ref.Equals(status.Owner));
        Watch.Ownership.AtRest(status, isStrangers);
    }
}
