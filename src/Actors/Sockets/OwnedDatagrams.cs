using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// The datagram socket, and what its actor must still know when the restart of its parent restarts it, too.
internal sealed class OwnedDatagrams(
    long id, Bind command, string transport, MessageSocket socket, Rules rules)
    : IOwned, IEndListener, IIndirectActorProducer
{
    private IActorContext? _context;
    private IActorRef _self = ActorRefs.Nobody;

    // Nothing of it is held once it is over.
    private Bind? _command = command;
    private Reading _reading = Reading.Lease;

    public Custody? Custody { get; private set; }

    // Null while the owner reads by lease, and while nobody owns.
    public DatagramIo? Messages { get; private set; }

    public ISocketOptions Options => socket;

    public Type ActorType => typeof(DatagramActor);

    public ActorBase Produce() => new DatagramActor(this);

    public void Release(ActorBase actor)
    {
    }

    public void Begin(IActorContext context, ITimerScheduler timers)
    {
        _context = context;
        _self = context.Self;
        Custody = new Custody(context, timers, id, rules, this);
        socket.Listener = this;
        socket.Start();
        var begun = _command ?? throw new InvalidOperationException("The socket's actor has begun already.");
        _command = null;
        Custody.Begin(OwnershipTable.Start(begun.Owner, begun.Heir), rules.Settings.OfferTimeout, begun.Reading);
    }

    public void OnFinished(SocketResult result) => _self.Tell(new Notice.TransportEnded(result), _self);

    public Reading Reading => _reading;

    public SocketFacts Facts()
    {
        var status = socket.Status;
        return new SocketFacts(
            id, SocketKind.Datagrams, transport, socket.LocalEndPoint, socket.RemoteEndPoint,
            status.UnreadBytes, status.UnsentBytes)
        {
            UnreadMessages = status.Unread,
        };
    }

    public (long Received, long Sent) Traffic()
    {
        var status = socket.Status;
        return (status.BytesReceived, status.BytesSent);
    }

    public Positions Positions()
    {
        var status = socket.Status;
        return new Positions(status.Consumed, status.Accepted, status.Unread > 0 || status.InputEnded);
    }

    public SocketResult Pause(ReadOnlyMemory<byte> pushBack)
    {
        if (!pushBack.IsEmpty)
            return new(ResultCode.EEBADDATA, "Release: a message is put back whole, there are no bytes to push back");
        if (Messages is { IsSending: true }) return new(ResultCode.EEBUSY, "a SendTo waits for room");
        var result = socket.Offer();
        if (result.IsSuccess) Messages?.Pause();
        return result;
    }

    public void Resume()
    {
        socket.Resume();
        Messages?.Resume();
    }

    public void Tear(bool isOwnerDead)
    {
        socket.Tear();
        Messages = null;
    }

    public (object Told, Positions Start) Admit(SocketHandle handle, Reading? reading)
    {
        var lease = Read(handle, reading ?? _reading);
        var start = Positions();
        var told = new Acquired(handle, Facts(), Lease: null, start.Consumed, start.Written)
        {
            Messages = Messages is null ? lease : null,
        };
        return (told, start);
    }

    // Ends the lease that there is, and opens the next one to the owner or to its messages.
    public MessageLease Read(SocketHandle handle, Reading reading)
    {
        _reading = reading;
        var lease = socket.Lease(handle.Epoch);
        Messages = reading is Reading.ByMessages by
            ? new DatagramIo(_self, Custody!, handle, lease, by)
            : null;
        return lease;
    }

    public void Flush()
    {
        Messages = null;
        // Over by itself: whoever still holds the lease reads how it ended.
        if (!socket.IsFinished) socket.Close();
    }

    public void Abort(SocketResult why)
    {
        if (!socket.IsFinished) socket.Abort(why);
    }

    public void Over() => _context!.Stop(_self);
}
