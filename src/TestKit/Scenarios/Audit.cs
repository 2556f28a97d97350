using Akka.Actor;
using Handoff.Policy;

namespace Handoff.TestKit.Scenarios;

// What policy refused in this run, as it was published; the first of it, where it is much.
internal sealed class Audit
{
    private const int Most = 256;

    private readonly List<PolicyRefusal> _refusals = [];

    public Audit(ActorSystem system)
    {
        var auditor = system.ActorOf(Props.Create(() => new Auditor(this)), "audit");
        system.EventStream.Subscribe(auditor, typeof(PolicyRefusal));
    }

    public IReadOnlyList<PolicyRefusal> Refusals => _refusals;

    public void Clear() => _refusals.Clear();

    private void Add(PolicyRefusal refusal)
    {
        if (_refusals.Count < Most) _refusals.Add(refusal);
    }

    private sealed class Auditor : ReceiveActor
    {
        public Auditor(Audit audit) => Receive<PolicyRefusal>(audit.Add);
    }
}
