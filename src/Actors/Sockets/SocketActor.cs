using System.Buffers;
using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// A connection. The actor does control; bytes go through the lease's pipes, or through MessageIo where the owner
// asked for messages.
internal sealed class SocketActor(
    long id, string transport, SocketConnection connection, Birth birth, HandoffSettings settings)
    : UntypedActor, IWithTimers, IOwned
{
    private static readonly SocketResult Stopped = new(ResultCode.EEABORTED, "the socket's actor was stopped");

    private Custody? _custody;
    private MessageIo? _messages;
    private IActorRef? _waiting = birth.Waiting;

    public ITimerScheduler Timers { get; set; } = null!;

    private Custody Custody => _custody ?? throw new InvalidOperationException("The socket's actor has not started.");

    public static Props Props(
        long id, string transport, SocketConnection connection, Birth birth, HandoffSettings settings) =>
        Akka.Actor.Props.Create(() => new SocketActor(id, transport, connection, birth, settings));

    public SocketFacts Facts()
    {
        var status = connection.Status;
        return new SocketFacts(
            id,
            SocketKind.Connection,
            transport,
            connection.LocalEndPoint,
            connection.RemoteEndPoint,
            status.Unread,
            status.Unsent);
    }

    public (long Received, long Sent) Traffic()
    {
        var status = connection.Status;
        return (status.BytesReceived, status.BytesSent);
    }

    public SocketResult Pause(ReadOnlyMemory<byte> pushBack)
    {
        var result = connection.Offer(new ReadOnlySequence<byte>(pushBack));
        if (result.IsSuccess) _messages?.Pause();
        return result;
    }

    public void Resume()
    {
        connection.Resume();
        _messages?.Resume();
    }

    public void Tear()
    {
        connection.Tear();
        _messages = null;
    }

    public object Admit(SocketHandle handle, Reading reading)
    {
        Settle();
        var lease = connection.Lease(handle.Epoch);
        Read(handle, lease, reading);
        return new Acquired(
            handle, Facts(), _messages is null ? lease : null, lease.ConsumedPosition, lease.WrittenPosition);
    }

    public void Flush()
    {
        Settle();
        _messages = null;
        connection.Close();
    }

    public void Abort(SocketResult why) => connection.Abort(why);

    public void Over() => Context.Stop(Self);

    protected override void PreStart()
    {
        connection.Start();
        connection.Finished.PipeTo(
            Self,
            success: result => new Notice.TransportEnded(result),
            failure: gone => new Notice.TransportEnded(new SocketResult(ResultCode.EEABORTED, gone.Message)));
        _custody = new Custody(Context, Timers, id, settings, this);
        _custody.Begin(birth.Transition, birth.Within, birth.Reading);
        _messages?.Pump();
    }

    protected override void OnReceive(object message)
    {
        if (!Custody.TryHandle(message)) OnOther(message);
        _messages?.Pump();
    }

    protected override void PostStop()
    {
        _custody?.Abandon(Stopped);
        Settle();
        connection.Abort(Stopped);
        base.PostStop();
    }

    private void OnOther(object message)
    {
        switch (message)
        {
            case Notice.TransportEnded ended:
                Custody.Ended(ended.Result);
                break;
            case Notice.InputReady:
                _messages?.OnInputReady();
                break;
            case Notice.OutputReady ready when ready.For == _messages:
                _messages.OnOutputReady(ready.Result);
                break;
            case Notice:
                // Of an ownership period that is over.
                break;
            case ReadBy change:
                if (Custody.Permits(change)) OnReadBy(change);
                break;
            case ISocketCommand command:
                if (Custody.Permits(command)) OnMessageOwner(command);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnMessageOwner(ISocketCommand command)
    {
        if (_messages is { } messages)
        {
            messages.Carry(command);
            return;
        }

        var why = $"{command.GetType().Name}: the owner reads by lease; ReadBy messages first";
        Custody.Refuse(command, new SocketResult(ResultCode.EEMODENOTSUPP, why));
    }

    private void OnReadBy(ReadBy change)
    {
        if (_messages is { } messages && change.Reading is Reading.ByMessages by)
        {
            messages.Credit(by);
            return;
        }

        // A lease that is in use cannot be taken away: the check is the one that a release makes.
        var busy = connection.Offer(default);
        if (!busy.IsSuccess)
        {
            Custody.Refuse(change, busy);
            return;
        }

        var lease = connection.Lease(change.Handle.Epoch);
        Read(change.Handle, lease, change.Reading);
        Custody.Reply(_messages is null ? new Leased(change.Handle, lease) : new Confirmed(change));
    }

    private void Read(SocketHandle handle, SocketLease lease, Reading reading) =>
        _messages = reading is Reading.ByMessages by ? new MessageIo(Self, Custody, handle, lease, by, settings) : null;

    private void Settle()
    {
        _waiting?.Tell(new Notice.Settled(Self));
        _waiting = null;
    }
}
