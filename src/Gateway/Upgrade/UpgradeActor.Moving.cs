using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Control;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Gateway.Upgrade;

// The move: listeners and connections, all or none. It is decided by who takes the token of the batch, not by what is
// said here.
internal sealed partial class UpgradeActor
{
    // What said that it is on offer is on offer there: the batch has not to wait for more, nor for one that is reset
    // meanwhile.
    private static readonly SendBatch All = new(1);

    private void Move(Attempt attempt)
    {
        attempt.Tries++;
        var leave = new Leave(attempt.Peer, _settings.Upgrade.MoveTimeout);
        _parts.Gateway.Tell(new Depart(leave, attempt.MostConnections, _settings.Upgrade.PauseTimeout)
        {
            Listeners = attempt.Listeners,
            Services = attempt.Services,
        });
        var departing = new Departing(0, 0, 0);
        var isControlOnOffer = false;
        Become(() =>
        {
            Receive<Departing>(departed =>
            {
                departing = departed;
                if (departed.Listeners + departed.Lent < attempt.Listeners.Count)
                    TryAgain(attempt, "a listener does not leave");
                else if (attempt.WantsControl)
                    _parts.Control.Tell(new ControlLeave(attempt.Peer, _settings.Upgrade.MoveTimeout));
                else
                    Send();
            });
            Receive<Stays>(_ => TryAgain(attempt, "the control socket does not leave"));
            Receive<OnOffer>(_ =>
            {
                isControlOnOffer = true;
                Send();
            });
            Receive<BatchSent>(sent => OnSent(attempt, sent, departing, isControlOnOffer));
            Common(attempt);
        });

        void Send()
        {
            Tell(attempt, $"stopping {departing.Listeners} listeners and {departing.Connections} connections");
            if (departing is { Listeners: 0, Connections: 0 } && !isControlOnOffer)
                Commit(attempt, departing, isControlOnOffer);
            else
                attempt.Peer.Tell(All);
        }
    }

    private void OnSent(Attempt attempt, BatchSent sent, Departing departing, bool hasControl)
    {
        if (sent.Result.IsSuccess)
        {
            Commit(attempt, departing, hasControl);
            return;
        }

        // More than a move may have: fewer are tried, and the others follow.
        if (sent.Result.Code is ResultCode.EEMSGSIZE)
            attempt.MostConnections = Math.Min(attempt.MostConnections, departing.Connections) / 2;
        TryAgain(attempt, $"{sent.Result}");
    }

    private void TryAgain(Attempt attempt, string why)
    {
        var isHopeless = attempt.ExitCode is not null || _abandoning.Count > 0;
        if (isHopeless || attempt.Tries >= _settings.Upgrade.Attempts)
        {
            Fail(attempt, attempt.ExitCode is { } code
                ? $"the new process ended before it had taken over, with {code}"
                : $"nothing could be moved, after {attempt.Tries} attempts: {why}");
            return;
        }

        Tell(attempt, $"trying again: {why}");
        Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.Upgrade.RetryInterval);
        Become(() =>
        {
            Receive<Overdue>(_ => Move(attempt));
            Receive<NextEnded>(ended => ended.Attempt == attempt, ended =>
            {
                attempt.ExitCode = ended.ExitCode;
                TryAgain(attempt, why);
            });
            Common(attempt);
        });
    }

    private void Commit(Attempt attempt, Departing departing, bool hasControl)
    {
        _isReplaced = true;
        attempt.MovedConnections = departing.Connections;
        attempt.Line.Tell(Say.Line(UpgradeWords.Committed));
        attempt.Next.Dispose();
        Tell(attempt, $"moved {departing.Listeners} listeners and {departing.Connections} connections "
            + $"to process {attempt.Next.ProcessId} in {attempt.Elapsed.TotalMilliseconds:0} ms");
        _parts.Gateway.Tell(StopListening.Instance);
        if (hasControl) _log.Info("replaced");
        else _log.Info("replaced; the control socket stays here until the end");
        TellAbandoned();
        BecomeReplaced(attempt);
    }
}
