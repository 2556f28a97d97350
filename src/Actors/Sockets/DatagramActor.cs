using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// A datagram socket, or a connection of records. The actor does control; messages go through the lease, or through
// DatagramIo where the owner asked for messages of its own. A crash stops it; the restart of its parent leaves it as
// it is.
internal sealed class DatagramActor(OwnedDatagrams owned) : UntypedActor, IWithTimers
{
    private static readonly SocketResult Stopped = new(ResultCode.EEABORTED, "the socket's actor was stopped");

    public ITimerScheduler Timers { get; set; } = null!;

    private Custody Custody =>
        owned.Custody ?? throw new InvalidOperationException("The socket's actor has not started.");

    public static Props Props(long id, string transport, MessageSocket socket, Birth birth, Rules rules) =>
        Akka.Actor.Props.CreateBy(new OwnedDatagrams(id, transport, socket, birth, rules));

    protected override SupervisorStrategy SupervisorStrategy() => Supervision.Strategy;

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
        if (owned.IsPeeledOff) Peeling.OnLate(message, Custody, Context);
        else if (!Custody.TryHandle(message)) OnOther(message);
        owned.Messages?.Pump();
    }

    // Akka restarts the children that survive their parent's restart: the socket knows nothing of it.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason) => Custody.GoOnAfterRestart(Timers);

    protected override void PostStop()
    {
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
                Custody.Ended(ended.Result);
                break;
            case Notice.InputReady:
                owned.Messages?.OnInputReady();
                break;
            case Notice.SendReady ready:
                ready.For.OnSendReady(ready.Result, isCurrent: ReferenceEquals(ready.For, owned.Messages));
                break;
            case Notice.HandOver over:
                Custody.HandOver(over.Command);
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
        if (AssociationCommands.TryCarry(command, owned.Association, Custody)) return;
        if (command is Peeloff peeloff)
        {
            Peeling.Carry(peeloff, owned, Custody, Context);
        }
        else if (command is WantEvents want)
        {
            owned.Want(want.Kinds);
            Custody.Reply(new Confirmed(want));
        }
        else if (command is Shutdown shutdown)
        {
            var result = owned.Shutdown(shutdown.How);
            if (result.IsSuccess) Custody.Reply(new Confirmed(shutdown));
            else Custody.Refuse(shutdown, result);
        }
        else
        {
            ReadingDesk.Carry(command, owned, Custody);
        }
    }
}
