using Akka.Actor;
using Handoff.Messages;

namespace Handoff.TestKit.Checks;

// All checks of one run. Whoever runs it says what parties were told and what they sent.
internal sealed class Watch
{
    private readonly Dictionary<long, (InboundCheck In, OutboundCheck Out)> _bytes = [];

    public Watch()
    {
        Ownership = new OwnershipCheck(Violations);
        Outcomes = new OutcomeCheck(Violations, Ownership);
    }

    public Violations Violations { get; } = new();

    public OwnershipCheck Ownership { get; }

    public OutcomeCheck Outcomes { get; }

    // There are actors that are not watched: what they do with the bytes is not seen.
    public bool MayBeOutOfSight { get; private set; }

    public void LoseSight()
    {
        MayBeOutOfSight = true;
        foreach (var (inbound, outbound) in _bytes.Values)
            inbound.MayBeOutOfSight = outbound.MayBeOutOfSight = true;
    }

    public void Connects(long socket, InboundCheck inbound, OutboundCheck outbound)
    {
        inbound.MayBeOutOfSight = outbound.MayBeOutOfSight = MayBeOutOfSight;
        _bytes[socket] = (inbound, outbound);
    }

    public (InboundCheck In, OutboundCheck Out)? BytesOf(long socket) =>
        _bytes.TryGetValue(socket, out var bytes) ? bytes : null;

    public void Told(IActorRef who, object message)
    {
        Ownership.Told(who, message);
        Outcomes.Told(who, message);
        if (SocketOf(message) is not { } socket || BytesOf(socket) is not { } bytes) return;
        bytes.In.Told(who, message);
        bytes.Out.Told(message);
    }

    public void Sends(IActorRef who, object command)
    {
        switch (command)
        {
            case Release release:
                Outcomes.Releases(who, release);
                BytesOf(release.Handle.Id)?.In.Releases(release);
                break;
            case Acquire acquire: Outcomes.Acquires(acquire.Owner, acquire.Offer); break;
            case Consumed consumed: BytesOf(consumed.Handle.Id)?.In.ConsumedByMessage(consumed.Position); break;
            case Write write: BytesOf(write.Handle.Id)?.Out.Writes(write); break;
        }
    }

    public void AtRest()
    {
        foreach (var (_, outbound) in _bytes.Values) outbound.AtRest();
    }

    // Which socket a message is about; null if about none.
    public static long? SocketOf(object message) => message switch
    {
        Offered offered => offered.Offer.Id,
        Withdrawn withdrawn => withdrawn.Offer.Id,
        Acquired acquired => acquired.Handle.Id,
        Listening listening => listening.Handle.Id,
        Leased leased => leased.Handle.Id,
        Released released => released.Release.Handle.Id,
        ReleaseFailed failed => failed.Release.Handle.Id,
        Closed closed => closed.Handle.Id,
        Received received => received.Handle.Id,
        PeerFinished finished => finished.Handle.Id,
        Written written => written.Write.Handle.Id,
        Confirmed confirmed => SocketOf(confirmed.Command),
        Refused refused => SocketOf(refused.Command),
        ISocketCommand { Handle: { } handle } => handle.Id,
        Acquire acquire => acquire.Offer.Id,
        Decline decline => decline.Offer.Id,
        _ => null,
    };
}
