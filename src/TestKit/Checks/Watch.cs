using Akka.Actor;
using Handoff.Messages;

namespace Handoff.TestKit.Checks;

// All checks of one run. Whoever runs it says what parties were told and what they sent. Strangers are actors of the
// test's own, which are not watched: what they do with a socket of theirs is not seen, and counted when a party owns
// it next.
internal sealed class Watch
{
    private readonly Dictionary<long, (InboundCheck In, OutboundCheck Out)> _bytes = [];
    private readonly Dictionary<long, MessageCheck> _messages = [];
    private readonly HashSet<long> _ended = [];

    public Watch()
    {
        Ownership = new OwnershipCheck(Violations);
        Outcomes = new OutcomeCheck(Violations, Ownership);
    }

    public Violations Violations { get; } = new();

    public OwnershipCheck Ownership { get; }

    public OutcomeCheck Outcomes { get; }

    public bool HasStrangers { get; set; }

    public void Connects(long socket, InboundCheck inbound, OutboundCheck outbound) =>
        _bytes[socket] = (inbound, outbound);

    public void Binds(long socket, MessageCheck messages) => _messages[socket] = messages;

    public (InboundCheck In, OutboundCheck Out)? BytesOf(long socket) =>
        _bytes.TryGetValue(socket, out var bytes) ? bytes : null;

    public MessageCheck? MessagesOf(long socket) => _messages.GetValueOrDefault(socket);

    public void Told(IActorRef who, object message)
    {
        var isAfterStrangers = message is Acquired { Handle: var handle }
            && HasStrangers
            && handle.Epoch > Ownership.EpochOf(handle.Id) + 1;
        if (message is Closed closed && closed.Handle.Epoch == Ownership.EpochOf(closed.Handle.Id))
            _ended.Add(closed.Handle.Id);
        Ownership.Told(who, message);
        Outcomes.Told(who, message);
        if (SocketOf(message) is not { } socket) return;
        if (BytesOf(socket) is { } bytes)
        {
            bytes.In.Told(who, message, isAfterStrangers);
            bytes.Out.Told(message, isAfterStrangers);
        }
        else if (message is Acquired acquired)
        {
            MessagesOf(socket)?.Begins(who, acquired);
        }
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
            case Consumed consumed:
                BytesOf(consumed.Handle.Id)?.In.ConsumedByMessage(consumed.Position);
                MessagesOf(consumed.Handle.Id)?.ConsumedByMessage(consumed.Position);
                break;
            case Write write: BytesOf(write.Handle.Id)?.Out.Writes(write); break;
        }
    }

    // The epochs are what the sockets say by now; one that says nothing any more is closed.
    public void AtRest(Func<long, long?> epochOf)
    {
        foreach (var (socket, (_, outbound)) in _bytes)
        {
            outbound.IsOutOfSight = HasStrangers
                && !_ended.Contains(socket)
                && (epochOf(socket) ?? long.MaxValue) > Ownership.EpochOf(socket);
            outbound.AtRest();
        }
    }

    // Which socket a message is about; null if about none.
    public static long? SocketOf(object message) => message switch
    {
        Offered offered => offered.Offer.Id,
        Withdrawn withdrawn => withdrawn.Offer.Id,
        Acquired acquired => acquired.Handle.Id,
        Listening listening => listening.Handle.Id,
        Leased leased => leased.Handle.Id,
        MessagesLeased leased => leased.Handle.Id,
        Released released => released.Release.Handle.Id,
        ReleaseFailed failed => failed.Release.Handle.Id,
        Closed closed => closed.Handle.Id,
        Received received => received.Handle.Id,
        ReceivedFrom received => received.Handle.Id,
        SendFailed failed => failed.Handle.Id,
        PeerFinished finished => finished.Handle.Id,
        Written written => written.Write.Handle.Id,
        Sent sent => sent.Command.Handle.Id,
        Confirmed confirmed => SocketOf(confirmed.Command),
        Refused refused => SocketOf(refused.Command),
        ISocketCommand { Handle: { } handle } => handle.Id,
        Acquire acquire => acquire.Offer.Id,
        Decline decline => decline.Offer.Id,
        _ => null,
    };
}
