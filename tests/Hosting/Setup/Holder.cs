using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Hosting.Tests.Setup;

// Holds each connection, and tells whoever asks of the first, once it is there.
internal sealed class Holder : ReceiveActor
{
    public const string WhoIsThere = "?";

    private readonly List<IActorRef> _askers = [];
    private Acquired? _held;

    public Holder()
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
        Receive<Acquired>(acquired =>
        {
            _held = acquired;
            _askers.ForEach(asker => asker.Tell(acquired));
            _askers.Clear();
        });
        Receive<string>(_ =>
        {
            if (_held is null) _askers.Add(Sender);
            else Sender.Tell(_held);
        });
    }
}
