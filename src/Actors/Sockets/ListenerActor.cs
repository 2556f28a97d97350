using Akka.Actor;
using Akka.Event;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// A listening socket: parent of its accept loop and of the connections it spawns. A restart leaves the children alive
// and the descriptor open; once closed, it stops after its last child.
internal sealed class ListenerActor(
    long id, Listen command, OwnedListener owned, SocketCounts ids, Rules rules)
    : UntypedActor, IWithTimers
{
    private const string LoopName = "accept";

    private static readonly SocketResult Stopped = new(ResultCode.EEABORTED, "the listener's actor was stopped");

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private FilterDoor? _door;
    private IActorRef _loop = ActorRefs.Nobody;
    private bool _failing;

    public ITimerScheduler Timers { get; set; } = null!;

    private FilterDoor Door =>
        _door ??= new FilterDoor(owned.Filters, rules.Settings.AcceptFilters.Timeout, Self, Timers, _log);

    private EndpointDesk? Desk => owned.Source.Endpoint is { } endpoint
        ? owned.Desk ??= new EndpointDesk(endpoint, Self, rules)
        : null;

    public static Props Props(
        long id, Listen command, OwnedListener owned, SocketCounts ids, Rules rules) =>
        Akka.Actor.Props.Create(() => new ListenerActor(id, command, owned, ids, rules));

    protected override SupervisorStrategy SupervisorStrategy() => Supervision.Strategy;

    protected override void PreStart()
    {
        try
        {
            _loop = StartLoop();
            if (owned.Source.Endpoint is { } endpoint) endpoint.NotBegun = EndpointDesk.TellsFailures(Self);
            owned.Custody = new Custody(Context, Timers, id, rules, owned);
            if (owned.Came is { Copy: Copy.Stored }) owned.Custody.BeginStored();
            owned.Custody.Begin(
                Transport.Ownership.OwnershipTable.Start(command.Owner, owned.Came?.By.Heir),
                rules.Settings.OfferTimeout, Reading.Lease, owned.Came?.Attachment);
            GoOn();
        }
        catch
        {
            // An actor that fails to start has no PostStop.
            owned.Custody?.Abandon(Stopped);
            owned.Flush();
            throw;
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AcceptSource.Arrived arrived:
                OnArrived(arrived.Result);
                break;
            case Terminated dead when dead.ActorRef.Equals(_loop):
                _loop = StartLoop();
                owned.Source.Asked = false;
                break;
            case Notice.Settled settled:
                owned.Settled(settled.Connection);
                break;
            case Terminated dead when dead.ActorRef.Path.Parent.Equals(Self.Path):
                owned.Gone(dead.ActorRef);
                break;
            case Notice.Filtered filtered:
                Door.OnFiltered(filtered.Filtering, filtered.Outcome);
                break;
            case Notice.FilterTimedOut late:
                Door.OnTimedOut(late.Filtering);
                break;
            case SetAcceptFilter set when set.Handle is not null:
                OnSetAcceptFilter(set);
                break;
            case Notice.Associated outcome:
                Desk!.OnOutcome(outcome);
                break;
            case Notice.AssociationFailed failed:
                owned.Custody!.TellOwner(handle => new AssociationFailed(handle, failed.Peer, failed.Result));
                break;
            case GetAcceptFilterStatus:
                Sender.Tell(owned.Filters.Status(), Self);
                break;
            default:
                if (!owned.Custody!.TryHandle(message)) OnOther(message);
                break;
        }

        GoOn();
    }

    protected override bool AroundReceive(Receive receive, object message)
    {
        try
        {
            return base.AroundReceive(receive, message);
        }
        catch (Exception gone)
        {
            throw new RestartException("the listener crashed", gone);
        }
    }

    // The base would stop the children, which are live connections.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason)
    {
        _loop = Context.Child(LoopName);
        if (_loop.IsNobody()) _loop = StartLoop();
        owned.Custody!.GoOnAfterRestart(Timers);
        Door.GoOnAfterRestart();
        GoOn();
    }

    protected override void PostStop()
    {
        owned.Custody?.Abandon(Stopped);
        owned.Flush();
        owned.Filters.Close();
        base.PostStop();
    }

    private IActorRef StartLoop() =>
        Context.Watch(Context.ActorOf(AcceptLoop.Props(owned.Source, rules.Settings.AcceptPause), LoopName));

    private void OnArrived(SocketResult result)
    {
        owned.Source.Asked = false;
        if (owned.Source.Take() is not { } newcomer)
        {
            OnAcceptFailed(result);
            return;
        }

        _failing = false;
        if (owned.Closed)
        {
            newcomer.Abort(new SocketResult(ResultCode.EEABORTED, "the listener is closed"));
            return;
        }

        var arrival = new Arrival(newcomer, Acceptor());
        if (IsRefused(arrival)) return;
        if (command.DurableReads && newcomer is SocketConnection stream) stream.SetDurable(isOn: true);
        if (owned.Filters.Filter is { } filter && newcomer is SocketConnection) Door.Enter(arrival, filter);
        else if (owned.HasRoom) Spawn(arrival);
        else owned.Filters.Keep(arrival);
    }

    private void OnAcceptFailed(SocketResult result)
    {
        if (owned.Closed || result.Code is ResultCode.EEINTR) return;
        if (!_failing) _log.Warning("accept on {0}: {1}; trying again", owned.Source.LocalEndPoint, result);
        _failing = true;
    }

    // While there is room, that is. Whoever has the listener by now may be another than the one it was let in for.
    private void Spawn(Arrival arrival)
    {
        var acceptor = Acceptor()!;
        if (!acceptor.Equals(arrival.Acceptor) && IsRefused(arrival with { Acceptor = acceptor })) return;
        var within = command.AcquireWithin ?? rules.Settings.AcquireTimeout;
        var birth = Birth.OfferedTo(acceptor, command.Mode, within, Self) with
        {
            ReadsWhenAcquired = command.ReadsWhenAcquired,
        };
        var child = birth.Spawn(Context, ids.Next(), owned.Transport, arrival.Newcomer, rules);
        owned.Spawned(child);
        Context.Watch(child);
    }

    // Before a filter, so that a peer that is not let in costs no place in it.
    private bool IsRefused(in Arrival arrival)
    {
        var (newcomer, acceptor) = arrival;
        var why = rules.Warrant?.ObjectionToAccept(owned.Facts(), Owner(), acceptor, newcomer.RemoteEndPoint);
        if (why is null) return false;
        newcomer.Abort(new SocketResult(ResultCode.EESECURITY, $"Accept: policy forbids it: {why}"));
        return true;
    }

    private IActorRef? Owner() => owned.LastOwner ?? owned.Custody!.State.OwnerNow();

    // Where none was named it is whoever owns the listener now; nobody does while it is bequeathed, and has no room.
    private IActorRef? Acceptor() => command.Acceptor ?? Owner();

    private void OnSetAcceptFilter(SetAcceptFilter set)
    {
        if (!owned.Custody!.Permits(set)) return;
        if (set.Filter is not null && !owned.Source.HasStreams)
        {
            owned.Custody.Refuse(set, FilterRoom.NoStreams(owned.Transport));
            return;
        }

        if (set.Filter is not null && owned.Filters.Filter is not null)
        {
            var why = $"SetAcceptFilter: the filter {owned.Filters.FilterName} is set; remove it first";
            owned.Custody.Refuse(set, new SocketResult(ResultCode.EEALREADY, why));
            return;
        }

        owned.Filters.Filter = set.Filter;
        owned.Custody.Reply(new Confirmed(set));
    }

    private void OnOther(object message)
    {
        if (message is not ISocketCommand command)
        {
            Unhandled(message);
            return;
        }

        if (!owned.Custody!.Permits(command)) return;
        if (OptionCommands.TryCarry(command, owned.Source.Options, owned.Custody)) return;
        if (Desk?.TryCarry(command, owned.Custody)
            ?? AssociationCommands.TryCarry(command, socket: null, owned.Custody)) return;
        if (command is Keep keep)
        {
            owned.Custody.Keep(keep);
            return;
        }

        var why = $"{command.GetType().Name} does not fit a listener";
        owned.Custody.Refuse(command, new SocketResult(ResultCode.EEMODENOTSUPP, why));
    }

    private void GoOn()
    {
        while (owned.HasRoom && owned.Filters.TryTake(out var arrival)) Spawn(arrival);
        if (owned.Closed)
        {
            owned.Custody!.Ended(SocketResult.Success);
            owned.Custody.Withdraw();
            Context.Unwatch(_loop);
            Context.Stop(_loop);
            if (owned.Connections == 0 && owned.Filters.Running == 0 && !owned.Source.IsUnderWay) Context.Stop(Self);
            return;
        }

        if (owned.HasRoom && !owned.Source.Asked)
        {
            owned.Source.Asked = true;
            _loop.Tell(_failing ? AcceptLoop.Step.NextAfterPause : AcceptLoop.Step.Next);
        }
    }
}
