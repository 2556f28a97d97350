using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// The gets under way, in the order in which they came. A restart of the sockets' parent must not forget them.
internal sealed class WaitingRoom(int max, NameScope scope)
{
    private readonly List<Waiting> _all = [];

    public int Max => max;

    public bool IsFull => _all.Count >= max;

    public IReadOnlyList<Waiting> All => _all;

    // Of their owners, and of the sockets that their takes are under way to.
    public WatchCounts? Watches { get; set; }

    public Waiting Add(Get get, IActorRef asker)
    {
        var waiting = new Waiting(get, asker, (get.Scope ?? scope) is NameScope.Host);
        _all.Add(waiting);
        return waiting;
    }

    public bool Remove(Waiting waiting) => _all.Remove(waiting);

    public bool Has(Waiting waiting) => _all.Contains(waiting);

    public List<Waiting> For(string name) => _all.FindAll(waiting => waiting.IsFor(name));

    public Waiting? Of(Search search) => _all.Find(waiting => waiting.Search == search);

    public Waiting? Of(Take take) => _all.Find(waiting => ReferenceEquals(waiting.Take, take));

    public sealed class Waiting(Get get, IActorRef asker, bool isOnHost)
    {
        public Get Get => get;

        public IActorRef Asker => asker;

        public bool IsOnHost => isOnHost;

        public bool MayWait => get.Within is not null;

        // Under way to a socket; only the first for a name has one.
        public Take? Take { get; set; }

        // Under way among other processes; only the first of a name that looks there has one.
        public Search? Search { get; set; }

        // By one of the two: until it is known how it went, it has to wait.
        public bool IsTaking => Take is not null || Search is { IsTaking: true };

        // Why it ends if its take is lost: its time is over, or its owner is dead.
        public SocketResult? Over { get; set; }

        public bool IsFor(string name) => GiveName.Comparer.Equals(get.Name, name);
    }
}
