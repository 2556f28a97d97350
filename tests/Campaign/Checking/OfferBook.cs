using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Campaign.Tests.Checking;

// One offer, and what each of those who were asked was told of it.
internal sealed class OfferBook(long number)
{
    private readonly Dictionary<IActorRef, Told> _told = [];

    public long Number => number;

    // Null where no owner made it.
    public Release? Release { get; set; }

    public IActorRef? Winner { get; set; }

    public bool IsForwardable { get; set; }

    // Whoever has it may acquire, and was perhaps not asked by the socket.
    public bool IsForwarded { get; set; }

    public IEnumerable<KeyValuePair<IActorRef, Told>> All => _told;

    public Told To(IActorRef target)
    {
        if (!_told.TryGetValue(target, out var told)) _told[target] = told = new Told();
        return told;
    }

    public sealed class Told
    {
        public bool IsInvited { get; set; }

        public object? Decline { get; set; }

        public int Offered { get; set; }

        public int Withdrawn { get; set; }

        public int Acquired { get; set; }
    }
}
