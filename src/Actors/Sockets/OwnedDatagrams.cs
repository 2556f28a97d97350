using System.Net.Sockets;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Endpoints;
using Handoff.Transport.Sctp.Records;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// The socket whose unit is a message, and what its actor must still know when the restart of a parent restarts it,
// too.
internal sealed class OwnedDatagrams(
    long id, string transport, MessageSocket socket, Birth birth, Rules rules)
    : IReadable, IEndListener, IIndirectActorProducer
{
    private IActorContext? _context;
    private IActorRef _self = ActorRefs.Nobody;
    private IActorRef? _waiting = birth.Waiting;
    private MessageLease? _lease;

    // Nothing of it is held once it is over.
    private Birth? _birth = birth;
    private Reading _reading = Reading.Lease;
    private bool _owesEnd;
    private readonly bool _wasPeeledOff = birth.IsPeeledOff;

    public Custody? Custody { get; private set; }

    public DatagramIo? Messages { get; private set; }

    public CreditIo? Reader => Messages;

    // What is left of it answers who still tells it something.
    public bool IsPeeledOff { get; private set; }

    public ISctpSocket? Association => (socket.Socket as SctpRecordSocket)?.Association;

    public ISocketOptions Options => socket;

    // In the words of a refusal.
    public string What => socket.HasEnd ? "a connection of records" : "a datagram socket";

    public Rules Rules => rules;

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
        var begun = _birth ?? throw new InvalidOperationException("The socket's actor has begun already.");
        _birth = null;
        Custody.Begin(begun.Transition, begun.Within, begun.Reading, begun.Attachment);
    }

    public void OnFinished(SocketResult result) => _self.Tell(new Notice.TransportEnded(result), _self);

    public Reading Reading => _reading;

    public SocketFacts Facts()
    {
        var status = socket.Status;
        return new SocketFacts(
            id, socket.HasEnd ? SocketKind.Records : SocketKind.Datagrams, transport, socket.LocalEndPoint,
            socket.RemoteEndPoint, status.UnreadBytes, status.UnsentBytes)
        {
            PeerCredentials = socket.PeerCredentials,
            UnreadMessages = status.Unread,
            Association = Association?.Association,
            Stays = Association is not null && socket.Socket is not IPassable,
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
        if (Messages?.Pinned is { } pin) return pin;
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
        LetGo();
    }

    public (object Told, Positions Start) Admit(SocketHandle handle, Reading? reading)
    {
        Settle();
        var lease = Read(handle, reading ?? _reading);
        var start = Positions();
        var told = new Acquired(handle, Facts(), Lease: null, start.Consumed, start.Written)
        {
            Messages = Messages is null ? lease : null,
        };
        return (told, start);
    }

    public object? ReadBy(SocketHandle handle, Reading reading)
    {
        var lease = Read(handle, reading);
        return Messages is null ? new MessagesLeased(handle, lease) : null;
    }

    // To the owner, or to its messages.
    private MessageLease Read(SocketHandle handle, Reading reading)
    {
        _reading = reading;
        LetGo();
        var lease = Custody!.IsLent ? socket.Lend(handle.Epoch) : socket.Lease(handle.Epoch);
        _lease = lease;
        Messages = reading is Reading.ByMessages by
            ? new DatagramIo(_self, Custody, handle, lease, by, What)
            : null;
        if (!_owesEnd) return lease;
        _owesEnd = false;
        lease.FinishSending();
        return lease;
    }

    // An end that was confirmed is for every later owner, too.
    private void LetGo()
    {
        _owesEnd |= Messages?.OwesEnd ?? false;
        Messages = null;
    }

    // The receiving side of a message socket is not shut down: what comes is bounded, and told.
    public SocketResult Shutdown(SocketShutdown how)
    {
        if (!socket.HasEnd) return new(ResultCode.EEMODENOTSUPP, $"Shutdown does not fit {What}");
        if (how is not SocketShutdown.Send)
            return new(ResultCode.EEMODENOTSUPP, $"Shutdown: of {What} only the sending side");
        if (Messages is { } messages) return messages.FinishSending();
        if (_lease is not { } lease) return SocketResult.Of(ResultCode.EENOTCONN);
        return lease.IsSending
            ? new(ResultCode.EEBUSY, "a send waits for room")
            : SocketResult.Of(lease.FinishSending());
    }

    // It is for another actor to go on with. A failure has no effect.
    public SocketResult PeelOff(SctpPeelFlags flags)
    {
        if (_wasPeeledOff || Association is not SharedAssociation shared)
            return new(ResultCode.EEINVAL, $"Peeloff: {What} that is no association of a one-to-many socket");
        var paused = Pause(default);
        if (!paused.IsSuccess) return paused;
        var peeled = shared.PeelOff(flags);
        if (!peeled.IsSuccess)
        {
            Resume();
            return new(peeled.Code, $"Peeloff: {peeled.Code.Text()}");
        }

        (IsPeeledOff, Messages, _lease) = (true, null, null);
        socket.Unown();
        return peeled;
    }

    // By a birth that makes an actor of it.
    public IActorRef Branch(Birth born, long number) => born.Spawn(_context!, number, transport, socket, rules);

    public void Want(SctpEventKinds kinds) => ((SctpRecordSocket)socket.Socket).Events = kinds;

    public async ValueTask<(Cargo? Cargo, SocketResult Result)> DetachAsync(CancellationToken cancellationToken)
    {
        // The socket of many stays.
        if (Association is SharedAssociation { IsPeeledOff: false } shared)
        {
            var peeled = shared.PeelOff(SctpPeelFlags.None);
            if (!peeled.IsSuccess) return (null, new(peeled.Code, $"it cannot be peeled off: {peeled.Code.Text()}"));
        }

        var owesEnd = _owesEnd || Messages is { OwesEnd: true };
        var (detached, result) = await socket.DetachAsync(cancellationToken).ConfigureAwait(false);
        if (detached is null) return (null, result);
        if (MessageBaggage.Obstacle(detached) is { } obstacle)
        {
            socket.GoOn();
            return (null, obstacle);
        }

        var stopped = MessageBaggage.Of(detached with { IsOutputFinished = detached.IsOutputFinished || owesEnd });
        return (new Cargo(stopped, socket.GoOn, socket.Leave), result);
    }

    public void Left(IActorRef? before) => Over();

    public void Flush()
    {
        Settle();
        Messages = null;
        // Over by itself: whoever still holds the lease reads how it ended.
        if (!socket.IsFinished) socket.Close();
    }

    public void Abort(SocketResult why)
    {
        if (!socket.IsFinished && !IsPeeledOff) socket.Abort(why);
    }

    public void Over() => _context!.Stop(_self);

    // It waits for its first owner no longer.
    public void Settle()
    {
        _waiting?.Tell(new Notice.Settled(_self), _self);
        _waiting = null;
    }
}
