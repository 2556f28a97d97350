using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Sockets;
using Handoff.TestKit.Running;
using Handoff.TestKit.Simulation;

namespace Handoff.Campaign.Tests.Parties;

// What those who take part in a scenario share.
internal sealed class Crew(SeededSystem system, Draws draws, Ledger ledger, OwnerIndex index)
{
    private readonly HashSet<IActorRef> _dead = [];

    public SeededSystem System => system;

    // One generator for all that the scenario decides, in the order in which the seeded system runs it.
    public Draws Draws => draws;

    public Ledger Ledger => ledger;

    public OwnerIndex Index => index;

    public List<IActorRef> Owners { get; } = [];

    public List<Keepsakes> Keepsakes { get; } = [];

    // The actors of sockets that somebody was told of and that have not stopped.
    public HashSet<IActorRef> Sockets { get; } = [];

    public List<LeaseLoop> Loops { get; } = [];

    public IActorRef Guardian { get; set; } = ActorRefs.Nobody;

    // From here on everybody acquires, reads to the end and lets go.
    public bool IsFinishing { get; set; }

    // Owners that crashed or stopped, and results that were kept open: blocks may be left to the garbage collector.
    public bool HasTorn { get; set; }

    public bool OneIn(int count) => draws.Below(count) == 0;

    public int Below(int bound) => (int)draws.Below(bound);

    public IActorRef Somebody() => Owners[Below(Owners.Count)];

    public IActorRef SomebodyAlive()
    {
        IActorRef owner;
        do owner = Somebody();
        while (IsDead(owner));
        return owner;
    }

    public bool IsDead(IActorRef owner) => _dead.Contains(owner);

    public void Died(IActorRef owner) => _dead.Add(owner);

    public void Note(string what) => ledger.History?.Add(what);
}
