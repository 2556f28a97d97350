using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// A connection. The actor does control; bytes go through the lease's pipes, or through MessageIo where the owner
// asked for messages. A crash stops it; the restart of its parent leaves it as it is.
internal sealed class SocketActor(OwnedConnection owned) : UntypedActor, IWithTimers
{
    private static readonly SocketResult Stopped = new(ResultCode.EEABORTED, "the socket's actor was stopped");

    private SpliceDesk? _splices;

    public ITimerScheduler Timers { get; set; } = null!;

    private SpliceDesk Splices => _splices ??= new SpliceDesk(owned, Context, Timers);

    private Custody Custody =>
        owned.Custody ?? throw new InvalidOperationException("The socket's actor has not started.");

    public static Props Props(
        long id,
        string transport,
        SocketConnection connection,
        Birth birth,
        Rules rules)
    {
        var owned = new OwnedConnection(id, transport, connection, birth, rules);
        return Akka.Actor.Props.CreateBy(owned);
    }

    protected override void PreStart()
    {
        try
        {
            owned.Begin(Context, Timers);
        }
        catch
        {
            // An actor that fails to start has no PostStop.
            owned.Custody?.Abandon(Stopped);
            owned.Abort(Stopped);
            throw;
        }

        owned.Messages?.Pump();
    }

    protected override void OnReceive(object message)
    {
        if (owned.Splice is { IsOver: true } over) Splices.OnOver(over);
        if (message is Terminated dead) _splices?.OnTerminated(dead.ActorRef);
        if (!Custody.TryHandle(message)) OnOther(message);
        owned.Messages?.Pump();
    }

    // Akka restarts the children that survive their parent's restart: the connection knows nothing of it.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason)
    {
        Custody.GoOnAfterRestart(Timers);
        if (owned.Splice is not null) Splices.GoOnAfterRestart();
    }

    protected override void PostStop()
    {
        owned.EndSplice(SpliceEnd.Closed);
        owned.FailTls(Stopped);
        owned.Custody?.Abandon(Stopped);
        owned.Settle();
        owned.Abort(Stopped);
        base.PostStop();
    }

    private void OnOther(object message)
    {
        switch (message)
        {
            case Notice.TransportEnded ended:
                owned.FailTls(ended.Result);
                Custody.Ended(ended.Result);
                break;
            case Notice.GivenBack back:
                Custody.GivenBack(back);
                break;
            case Notice.InputReady:
                owned.Messages?.OnInputReady();
                break;
            case Notice.OutputReady ready:
                ready.For.OnOutputReady(ready.Result, isCurrent: ReferenceEquals(ready.For, owned.Messages));
                break;
            case Notice.TlsOver over:
                owned.EndTls(over);
                break;
            case Notice.SpliceNotice notice:
                Splices.On(notice);
                break;
            case Refused { Command: JoinSplice join } refused:
                Splices.OnRefused(join, refused.Result);
                break;
            case ISocketCommand command:
                if (Custody.Permits(command)) OnOwner(command);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnOwner(ISocketCommand command)
    {
        if (OptionCommands.TryCarry(command, owned.Options, Custody)) return;
        if (AssociationCommands.TryCarry(command, socket: null, Custody)) return;
        if (TlsDesk.TryCarry(command, owned, Custody)) return;
        if (command is Splice or JoinSplice or Unsplice || owned.Splice is not null)
        {
            Splices.Carry(command);
        }
        else if (command is SetAcceptFilter)
        {
            var why = "SetAcceptFilter: the socket does not listen";
            Custody.Refuse(command, new SocketResult(ResultCode.EEMODENOTSUPP, why));
        }
        else if (command is Shutdown shutdown)
        {
            var result = owned.Shutdown(shutdown.How);
            if (result.IsSuccess) Custody.Reply(new Confirmed(shutdown));
            else Custody.Refuse(shutdown, result);
        }
        else if (command is Keep keep)
        {
            Custody.Keep(keep);
        }
        else if (command is ReadDurably durably)
        {
            var result = owned.Connection.SetDurable(durably.IsOn);
            if (result.IsSuccess) Custody.Reply(new Confirmed(durably));
            else Custody.Refuse(durably, result);
        }
        else
        {
            ReadingDesk.Carry(command, owned, Custody);
        }
    }
}
