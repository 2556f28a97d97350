using Akka.Actor;
using Akka.Event;
using Handoff.Hosting;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.AspNetCore;

// Owns the connections of one endpoint for Kestrel, which is no actor. Every socket that it is told of has one role
// here: it is being acquired, or it is Kestrel's. A crash closes them, because nobody else knows whose they were.
internal sealed class KestrelOwner(string name, int maxWaiting) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, HandoffConnection> _connections = [];
    private readonly HashSet<IActorRef> _acquiring = [];

    // Offers from before Kestrel has started.
    private readonly List<Offered> _early = [];
    private Stage _stage = new Stage.NotBound();

    private abstract record Stage
    {
        public sealed record NotBound : Stage;

        public sealed record Bound(HandoffConnectionListener Listener) : Stage;

        public sealed record Unbound : Stage;
    }

    public static Props Props(string name, int maxWaiting) =>
        Akka.Actor.Props.Create(() => new KestrelOwner(name, maxWaiting));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered: OnOffered(offered); break;
            case Acquired acquired: OnAcquired(acquired); break;
            case Withdrawn withdrawn: _early.RemoveAll(early => early.Offer.Id == withdrawn.Offer.Id); break;
            case Refused { Command: Acquire acquire }: Forget(acquire.Offer.Socket); break;
            case Refused { Command: Release release } refused: Answer(release, refused.Result); break;
            case ReleaseFailed failed: Answer(failed.Release, failed.Result); break;
            case Released released: OnReleased(released.Release); break;
            case Closed closed: End(closed.Handle.Socket, closed.Result); break;
            case Terminated dead: End(dead.ActorRef, SocketResult.Of(ResultCode.EEBADF)); break;
            case TakeOut takeOut: OnTakeOut(takeOut); break;
            case Revoke revoke: revoke.Handle.Socket.Tell(revoke, Self); break;
            case Bind bind: Sender.Tell(OnBind(bind.Listener), Self); break;
            case Unbind unbind: OnUnbind(unbind.Listener); break;
            case Draining: _connections.Values.ToList().ForEach(connection => connection.RequestClose()); break;
            default:
                // Such as the refusal of an abort that came too late: how the connection ended is told anyway.
                break;
        }
    }

    protected override void PostStop()
    {
        if (_stage is Stage.Bound bound) bound.Listener.End();
        foreach (var connection in _connections.Values)
        {
            connection.Close();
            connection.End(new SocketResult(ResultCode.EEABORTED, $"the owner of {name}'s connections has stopped"));
        }

        base.PostStop();
    }

    // Kestrel is not told to bind it again.
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        _log.Error(reason, "{0}: the owner of its connections crashed; they are closed and no more are taken", name);
        _stage = new Stage.Unbound();
    }

    private void OnOffered(Offered offered)
    {
        switch (_stage)
        {
            case var _ when offered.Facts.Kind is not SocketKind.Connection:
                Decline(offered, $"Kestrel serves connections; this is one of {offered.Facts.Kind}");
                break;
            case var _ when offered.LoanFor is not null:
                Decline(offered, "Kestrel does not borrow: it ends what it has served");
                break;
            case var _ when _connections.ContainsKey(offered.Offer.Socket):
                Decline(offered, "Kestrel has it already");
                break;
            case Stage.NotBound when _early.Count < maxWaiting:
                _early.Add(offered);
                break;
            case Stage.Bound { Listener.Waiting: var waiting } when waiting + _acquiring.Count < maxWaiting:
                Take(offered);
                break;
            case Stage.Unbound:
                Decline(offered, $"Kestrel does not listen at {name} any more");
                break;
            default:
                Decline(offered, $"{maxWaiting} connections wait for Kestrel at {name} (handoff.kestrel.max-waiting)");
                break;
        }
    }

    private void Decline(Offered offered, string why) =>
        offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, why), Self);

    // A socket that has stopped answers nothing, but is reported.
    private void Take(Offered offered)
    {
        _acquiring.Add(offered.Offer.Socket);
        Context.Watch(offered.Offer.Socket);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self), Self);
    }

    private void OnAcquired(Acquired acquired)
    {
        _acquiring.Remove(acquired.Handle.Socket);
        if (_stage is not Stage.Bound { Listener: var listener })
        {
            // Kestrel stopped meanwhile.
            acquired.Handle.Socket.Tell(new Close(acquired.Handle), Self);
            return;
        }

        _connections[acquired.Handle.Socket] = listener.Add(acquired);
    }

    private void OnTakeOut(TakeOut takeOut)
    {
        if (_connections.ContainsKey(takeOut.Release.Handle.Socket))
            takeOut.Release.Handle.Socket.Tell(takeOut.Release, Self);
        else
            takeOut.From.Answer(takeOut.Release, SocketResult.Of(ResultCode.EEBADF));
    }

    private void OnReleased(Release release)
    {
        if (!_connections.Remove(release.Handle.Socket, out var connection)) return;
        Context.Unwatch(release.Handle.Socket);
        connection.Answer(release, SocketResult.Success);
    }

    private void Answer(Release release, SocketResult result)
    {
        if (_connections.TryGetValue(release.Handle.Socket, out var connection)) connection.Answer(release, result);
    }

    private void Forget(IActorRef socket)
    {
        if (_acquiring.Remove(socket)) Context.Unwatch(socket);
    }

    private void End(IActorRef socket, SocketResult result)
    {
        _acquiring.Remove(socket);
        _early.RemoveAll(early => early.Offer.Socket.Equals(socket));
        Context.Unwatch(socket);
        if (_connections.Remove(socket, out var connection)) connection.End(result);
    }

    private SocketResult OnBind(HandoffConnectionListener listener)
    {
        if (_stage is Stage.Bound) return new(ResultCode.EEADDRINUSE, "Kestrel listens there already");
        _stage = new Stage.Bound(listener);
        foreach (var offered in _early) OnOffered(offered);
        _early.Clear();
        return SocketResult.Success;
    }

    private void OnUnbind(HandoffConnectionListener listener)
    {
        if (_stage is Stage.Bound bound && bound.Listener == listener) _stage = new Stage.Unbound();
        listener.End();
    }

    public sealed record Bind(HandoffConnectionListener Listener);

    public sealed record Unbind(HandoffConnectionListener Listener);

    public sealed record TakeOut(HandoffConnection From, Release Release);
}
