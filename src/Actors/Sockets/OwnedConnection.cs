using System.Buffers;
using System.Net.Sockets;
using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// The connection, and what its actor must still know when the restart of a parent restarts it, too.
internal sealed partial class OwnedConnection(
    long id,
    string transport,
    SocketConnection connection,
    Birth birth,
    Rules rules) : IReadable, IEndListener, ILoan, IIndirectActorProducer
{
    private IActorContext? _context;
    private IActorRef _self = ActorRefs.Nobody;
    private IActorRef? _waiting = birth.Waiting;

    // Nothing of it is held once it is over.
    private Birth? _birth = birth;
    private Reading _reading = Reading.Lease;
    private bool _owesEnd;
    private bool _isStarted;
    private SocketFacts _facts = new(
        id, SocketKind.Connection, transport, connection.LocalEndPoint, connection.RemoteEndPoint, 0, 0)
    {
        PeerCredentials = connection.PeerCredentials,
    };

    public Custody? Custody { get; private set; }

    public ISocketOptions Options => connection;

    public SocketConnection Connection => connection;

    public SpliceSettings SpliceBounds => rules.Settings.Splices;

    // The splice that it takes part in.
    public SpliceSession? Splice { get; set; }

    public MessageIo? Messages { get; private set; }

    public CreditIo? Reader => Messages;

    // It makes its own actor: a connection is a short-lived thing, and props that call a constructor are not cheap.
    public Type ActorType => typeof(SocketActor);

    public ActorBase Produce() => new SocketActor(this);

    public void Release(ActorBase actor)
    {
    }

    public void Begin(IActorContext context, ITimerScheduler timers)
    {
        _context = context;
        _self = context.Self;
        Custody = new Custody(context, timers, id, rules, this);
        connection.Listener = this;
        var begun = _birth ?? throw new InvalidOperationException("The socket's actor has begun already.");
        _birth = null;
        _isStarted = !begun.ReadsWhenAcquired;
        if (_isStarted) connection.Start();
        if (begun.IsStored) Custody.BeginStored();
        Custody.Begin(begun.Transition, begun.Within, begun.Reading, begun.Attachment);
    }

    public void OnFinished(SocketResult result) => _self.Tell(new Notice.TransportEnded(result), _self);

    public void OnGivenBack(long epoch, string why) => _self.Tell(new Notice.GivenBack(epoch, why), _self);

    public Reading Reading => _reading;

    public SocketFacts Facts() => FactsAt(connection.Status);

    // Made anew only if they have changed: a target that acquires is told twice.
    private SocketFacts FactsAt(ConnectionStatus status)
    {
        if (_facts.Unread != status.Unread || _facts.Unsent != status.Unsent)
            _facts = _facts with { Unread = status.Unread, Unsent = status.Unsent };
        return _facts;
    }

    public (long Received, long Sent) Traffic()
    {
        var status = connection.Status;
        return (status.BytesReceived, status.BytesSent);
    }

    public Positions Positions() => PositionsAt(connection.Status);

    private static Positions PositionsAt(ConnectionStatus status)
    {
        var consumed = status.BytesReceived - status.Unread;
        var hasInput = status.Unread > 0 || status.InputEnded;
        return new Positions(consumed, status.BytesSent + status.Unsent, hasInput);
    }

    public SocketResult Pause(ReadOnlyMemory<byte> pushBack)
    {
        if (Splice is not null) return new(ResultCode.EEBUSY, "the socket is spliced");
        if (TlsObstacle is { } obstacle) return obstacle;
        if (Messages?.Pinned is { } pin) return pin;
        var result = connection.Offer(new ReadOnlySequence<byte>(pushBack));
        if (result.IsSuccess) Messages?.Pause();
        return result;
    }

    public SocketResult Shutdown(SocketShutdown how) => Messages?.Shutdown(how) ?? connection.Shutdown(how);

    public void Resume()
    {
        connection.Resume();
        Messages?.Resume();
    }

    public void Tear(bool isOwnerDead)
    {
        if (Splice is not null) EndSplice(isOwnerDead ? SpliceEnd.OwnerStopped : WhyTorn(Splice.Owner));
        connection.Tear();
        LetGo();
    }

    public (object Told, Positions Start) Admit(SocketHandle handle, Reading? reading)
    {
        Settle();
        if (!_isStarted) connection.Start();
        _isStarted = true;
        var lease = Read(handle, reading ?? _reading);
        var status = connection.Status;
        var start = PositionsAt(status);
        var told = new Acquired(
            handle, FactsAt(status), Messages is null ? lease : null, start.Consumed, start.Written);
        return (told, start);
    }

    public object? ReadBy(SocketHandle handle, Reading reading)
    {
        var lease = Read(handle, reading);
        return Messages is null ? new Leased(handle, lease) : null;
    }

    // To the owner, or to its messages.
    private SocketLease Read(SocketHandle handle, Reading reading)
    {
        _reading = reading;
        LetGo();
        var lease = Custody!.IsLent ? connection.Lend(handle.Epoch, this) : connection.Lease(handle.Epoch);
        Messages = reading is Reading.ByMessages by
            ? new MessageIo(_context!.Self, Custody, handle, lease, by, rules.Settings)
            : null;
        if (!_owesEnd) return lease;
        _owesEnd = false;
        connection.Shutdown(SocketShutdown.Send);
        return lease;
    }

    // An end that was confirmed is for every later owner, too.
    private void LetGo()
    {
        _owesEnd |= Messages?.OwesEnd ?? false;
        Messages = null;
    }

    public async ValueTask<(Cargo? Cargo, SocketResult Result)> DetachAsync(CancellationToken cancellationToken)
    {
        var owesEnd = _owesEnd || Messages is { OwesEnd: true };
        var (detached, result) = await connection.DetachAsync(cancellationToken).ConfigureAwait(false);
        if (detached is null) return (null, result);
        var stopped = Baggage.Of(detached with { IsOutputFinished = detached.IsOutputFinished || owesEnd });
        return (new Cargo(stopped, connection.GoOn, connection.Leave), result);
    }

    public SocketOr<SocketDescriptor> Share() => connection.Share();

    public void Left(IActorRef? before) => Over();

    public void Flush()
    {
        EndSplice(SpliceEnd.Closed);
        Settle();
        Messages = null;
        // Over by itself: whoever still holds the lease reads how it ended.
        if (!connection.IsFinished) connection.Close();
    }

    public void Abort(SocketResult why)
    {
        if (!connection.IsFinished) connection.Abort(why);
    }

    public void EndSplice(SpliceEnd why)
    {
        var session = Splice;
        Splice = null;
        session?.End(why);
    }

    public void Over() => _context!.Stop(_context.Self);

    // The connection waits for its first owner no longer.
    public void Settle()
    {
        _waiting?.Tell(new Notice.Settled(_context!.Self), _context.Self);
        _waiting = null;
    }

    // The owner of the splice lives, and has the socket still or has lost it with a loan: nobody has it next, maybe.
    private SpliceEnd WhyTorn(IActorRef spliced) =>
        spliced.Equals(Custody!.State.OwnerNow()) ? SpliceEnd.Reattached : SpliceEnd.LoanOver;
}
