using System.Net;
using Akka.Actor;
using Akka.Event;
using Handoff.Messages;

namespace Handoff.Gateway.Connections;

// The part that replaces another process: it starts with that one's listeners.
internal sealed partial class GatewayActor
{
    private IReadOnlyDictionary<EndPoint, string> _inherited = new Dictionary<EndPoint, string>();

    // Once it has taken over there is no way back, and connections are here: a listener that is late is no reason to
    // end.
    private void BecomeTakingOver(IActorRef asker, IReadOnlyDictionary<EndPoint, string> inherited)
    {
        _inherited = inherited;
        var isTakenOver = false;
        foreach (var (at, name) in inherited) Name(at, name);
        asker.Tell(new Prepared(_services));
        Become(() =>
        {
            Receive<Acquired>(acquired =>
            {
                Inherit(acquired);
                if (isTakenOver && IsComplete()) FinishTakeOver();
            });
            Receive<TakenOver>(_ =>
            {
                isTakenOver = true;
                Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.StartTimeout);
                if (IsComplete()) FinishTakeOver();
            });
            Receive<Overdue>(_ =>
            {
                _log.Warning("not all listeners have come within {0}", _settings.StartTimeout);
                FinishTakeOver();
            });
            Running();
        });

        // One that a program of the old process has comes when that has ended.
        bool IsComplete() => !_running.Exists(
            r => r.Listener is null && !r.Settings.Waits && inherited.Values.Contains(r.Settings.Name));

        void FinishTakeOver()
        {
            Timers.CancelAll();
            FinishStart(asker);
        }
    }

    private void Name(EndPoint at, string service)
    {
        var index = _running.FindIndex(r => r.Settings.Name == service);
        if (index >= 0) _running[index] = _running[index] with { EndPoint = at };
    }

    private void Take(Offered offered)
    {
        if (offered.Attachment is Kept.OfManager) _managers.Add(offered.Facts.Id);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self));
    }

    private void Inherit(Acquired acquired)
    {
        if (!_inherited.TryGetValue(acquired.Facts.Local!, out var service)) return;
        _log.Info("listening service={0} address={1} inherited", service, acquired.Facts.Local);
        var at = _running.FindIndex(r => r.Settings.Name == service);
        _running[at] = new RunningService(_running[at].Settings, acquired.Facts.Local, acquired.Handle);
        _lent.Remove(acquired.Handle.Id);
        Lend(_running[at]);
    }
}
