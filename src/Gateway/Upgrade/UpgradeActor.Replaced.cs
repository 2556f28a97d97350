using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Control;
using Handoff.Messages;

namespace Handoff.Gateway.Upgrade;

// After the move: what did not go with it (accepted in the last moment, on its way from tcpmux to its service, more
// than fits into one, a listener that a program has) is moved as soon as it can be; what ends by itself has the drain
// time for it.
internal sealed partial class UpgradeActor
{
    private void BecomeReplaced(Attempt attempt)
    {
        var isLate = false;
        var moving = 0;
        Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.DrainTimeout);
        Become(() =>
        {
            Receive<NextRound>(_ => _parts.Gateway.Tell(Round(attempt)));
            Receive<Departing>(IsEnd, _ => Finish(attempt));
            Receive<Departing>(departing => departing.Connections + departing.Listeners > 0, departing =>
            {
                moving = departing.Connections;
                attempt.MovedConnections += moving;
                attempt.Peer.Tell(All);
            });
            Receive<Departing>(_ => Timers.StartSingleTimer(
                nameof(NextRound), NextRound.Instance, _settings.Upgrade.RetryInterval));
            Receive<BatchSent>(sent =>
            {
                if (!sent.Result.IsSuccess)
                {
                    attempt.MovedConnections -= moving;
                    attempt.MostConnections = Math.Max(1, attempt.MostConnections / 2);
                    _log.Info("{0} sockets stay for now: {1}", sent.Sockets, sent.Result);
                }

                Timers.StartSingleTimer(nameof(NextRound), NextRound.Instance, _settings.Upgrade.RetryInterval);
            });
            Receive<Overdue>(_ => !isLate, _ =>
            {
                isLate = true;
                _parts.Gateway.Tell(CloseAll.Instance);
                Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, LastWait);
            });
            Receive<Overdue>(_ => Finish(attempt));
            Receive<Abandon>(_ => Sender.Tell(Abandoned.Instance));
            Receive<Said>(_ => Sender.Tell(Say.Last(ControlLine.Failed, "this process has been replaced")));
            ReceiveAny(_ => { });
        });
        Self.Tell(NextRound.Instance);
    }

    private static bool IsEnd(Departing departing) => departing.Left == 0;

    private Depart Round(Attempt attempt) => new(
        new Leave(attempt.Peer, _settings.Upgrade.MoveTimeout),
        attempt.MostConnections,
        _settings.Upgrade.PauseTimeout)
    {
        Listeners = attempt.Listeners,
        Services = attempt.Services,
    };

    // A listener that a program has is there, and can be moved, when the program is gone.
    private TimeSpan LastWait => _settings.Services.Any(service => service.Waits)
        ? _settings.EndTimeout + _settings.ProgramStopTimeout
        : _settings.EndTimeout;

    // The end is said before this process, and with it the connections on which it is said, ends.
    private void Finish(Attempt attempt)
    {
        Timers.CancelAll();
        Tell(attempt, $"the old process ends; {attempt.MovedConnections} connections have moved in all");
        attempt.Client.Tell(Say.Last(ControlLine.Done));
        attempt.Line.Tell(Say.Last(ControlLine.Done));
        Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.CloseTimeout);
        var talking = new HashSet<IActorRef> { Context.Watch(attempt.Client), Context.Watch(attempt.Line) };
        Become(() =>
        {
            Receive<Terminated>(gone =>
            {
                talking.Remove(gone.ActorRef);
                if (talking.Count == 0) _parts.Stop();
            });
            Receive<Overdue>(_ => _parts.Stop());
            Receive<Abandon>(_ => Sender.Tell(Abandoned.Instance));
            Receive<Said>(_ => Sender.Tell(Say.Last(ControlLine.Failed, "this process has been replaced")));
            ReceiveAny(_ => { });
        });
    }

    private sealed record NextRound
    {
        public static NextRound Instance { get; } = new();
    }
}
