using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.TestKit.Running;
using Handoff.TestKit.Simulation;

namespace Handoff.Campaign.Tests.Parties;

// What those who take part in a scenario share.
internal sealed class Crew(
    SeededSystem system, Draws draws, Ledger ledger, OwnerIndex index, IActorRef sockets, Filters filters)
{
    private readonly HashSet<IActorRef> _dead = [];

    public SeededSystem System => system;

    // One generator for all that the scenario decides, in the order in which the seeded system runs it.
    public Draws Draws => draws;

    public Ledger Ledger => ledger;

    public OwnerIndex Index => index;

    // The parent of all sockets.
    public IActorRef Sockets => sockets;

    public Filters Filters => filters;

    public List<IActorRef> Owners { get; } = [];

    public List<Keepsakes> Keepsakes { get; } = [];

    public List<LeaseLoop> Loops { get; } = [];

    public List<LetterLoop> LetterLoops { get; } = [];

    public IActorRef Guardian { get; set; } = ActorRefs.Nobody;

    // Passes on what it is offered.
    public IActorRef Router { get; set; } = ActorRefs.Nobody;

    // Actors below that of all sockets, asked for at the end.
    public List<IActorRef> Left { get; } = [];

    // From here on everybody acquires, reads to the end and lets go.
    public bool IsFinishing { get; set; }

    public bool OneIn(int count) => draws.Below(count) == 0;

    public int Below(int bound) => (int)draws.Below(bound);

    public IActorRef Somebody() => Owners[Below(Owners.Count)];

    public IActorRef? Perhaps() => OneIn(4) ? Somebody() : null;

    public IActorRef SomebodyAlive()
    {
        IActorRef owner;
        do owner = Somebody();
        while (IsDead(owner));
        return owner;
    }

    public bool IsDead(IActorRef owner) => _dead.Contains(owner);

    public void Died(IActorRef owner) => _dead.Add(owner);

    // What has to be answered, once.
    public void Ask(SocketHandle handle, object command, IActorRef sender)
    {
        ledger.Asked(command, sender);
        handle.Socket.Tell(command, sender);
    }

    public void Note(string what) => ledger.History?.Add(what);
}
