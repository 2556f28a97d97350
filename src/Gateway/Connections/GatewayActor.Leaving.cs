using System.Net;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Gateway.Connections;

// The part that is replaced: its listeners and its services' connections leave for the process that takes over.
internal sealed partial class GatewayActor
{
    // Actors of listeners that have left or were closed. They end once what they have accepted is over, here.
    private readonly HashSet<IActorRef> _former = [];

    // First the listeners, so that nothing is accepted any more; then one service after the other, so that no more
    // connections stop than the target takes.
    private void BecomeDeparting(IActorRef asker, Depart depart)
    {
        var unconfirmed = OfferListeners(depart);
        var lent = _running.Count(r => Follows(r) && _lent.Contains(r.Listener!.Id));
        var services = new Queue<IActorRef>(_services.Values);
        var (listeners, onOffer, left) = (0, 0, 0);
        Become(() =>
        {
            Receive<SocketStatus>(status =>
            {
                if (!unconfirmed.Remove(status.Facts.Id)) return;
                if (status.Offer is not null) listeners++;
                GoOn();
            });
            Receive<ServiceLeaving>(leaving =>
            {
                onOffer += leaving.OnOffer;
                left += leaving.Connections;
                GoOn();
            });
            Running();
        });
        GoOn();

        void GoOn()
        {
            if (unconfirmed.Count > 0) return;
            if (services.TryDequeue(out var service))
            {
                var most = depart.Services.Contains(service.Path.Name) ? depart.MostConnections - onOffer : 0;
                service.Tell(new LeaveSome(depart.How, most, depart.PauseTimeout));
                return;
            }

            BecomeRunning();
            asker.Tell(new Departing(listeners, onOffer, left + _former.Count + Following) { Lent = lent });
        }
    }

    // The socket answers the question behind the release once the offer is with the target. Where an earlier offer
    // stands still, that is as good.
    private HashSet<long> OfferListeners(Depart depart)
    {
        var offered = new HashSet<long>();
        foreach (var service in _running)
        {
            if (service is not { Listener: { } listener, EndPoint: { } endPoint }) continue;
            if (!depart.Listeners.Contains(endPoint) || _lent.Contains(listener.Id)) continue;
            listener.Socket.Tell(new Release(listener, depart.How.Target)
            {
                Within = depart.How.Within,
                Attachment = _managers.Contains(listener.Id) ? Kept.OfManager : null,
            });
            listener.Socket.Tell(GetStatus.Instance);
            offered.Add(listener.Id);
        }

        return offered;
    }

    private void OnStopListening()
    {
        _isReplaced = true;
        foreach (var follower in _running.Where(Follows)) TakeBack(follower);
        var rest = _running.Where(r => !Follows(r)).Select(r => r.Listener).OfType<SocketHandle>().ToList();
        foreach (var listener in rest)
        {
            Forget(listener);
            listener.Socket.Tell(new Close(listener));
        }
    }

    private void Forget(SocketHandle listener)
    {
        var at = _running.FindIndex(r => r.Listener?.Id == listener.Id);
        if (at < 0) return;
        _running[at] = _running[at] with { Listener = null };
        _former.Add(Context.Watch(listener.Socket));
    }
}
