using System.Net;
using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Control;
using Handoff.Messages;

namespace Handoff.Gateway.Upgrade;

// From the start of the new process until it is ready, and says what it wants to have.
internal sealed partial class UpgradeActor
{
    private void BecomeStarting(Attempt attempt)
    {
        Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.Upgrade.StartTimeout);
        Become(() =>
        {
            Receive<Said>(said => said.Words is [UpgradeWords.TakeOver, ..], said => OnTakeOver(attempt, said));
            Receive<Said>(_ => Sender.Equals(attempt.Line), said => OnNext(attempt, said.Words));
            Receive<RunningServices>(running => TellListeners(attempt, running));
            Receive<PeerOpened>(opened =>
            {
                Timers.CancelAll();
                attempt.Peer = opened.Peer;
                attempt.MostConnections = _parts.MostSockets - attempt.Listeners.Count - 1;
                Tell(attempt, $"ready: process {attempt.Next.ProcessId}");
                Move(attempt);
            });
            Receive<Refused>(refused => Fail(attempt, $"the new process cannot be reached: {refused.Result}"));
            Receive<HungUp>(
                _ => Sender.Equals(attempt.Line), hungUp => Fail(attempt, $"the new process hung up: {hungUp.Why}"));
            Receive<NextEnded>(ended => ended.Attempt == attempt, ended =>
            {
                attempt.ExitCode = ended.ExitCode;
                Fail(attempt, $"the new process ended before it was ready, with {ended.ExitCode}");
            });
            Receive<Overdue>(_ => Fail(
                attempt, $"the new process was not ready within {_settings.Upgrade.StartTimeout} "
                    + "(gateway.upgrade.start-timeout)"));
            Receive<Abandon>(_ =>
            {
                _abandoning.Add(Sender);
                Fail(attempt, "the gateway is stopping");
            });
            Common(attempt);
        });
    }

    private void OnTakeOver(Attempt attempt, Said said)
    {
        if (said.Peer.ProcessId != attempt.Next.ProcessId)
        {
            var who = $"process {said.Peer.ProcessId}";
            _log.Warning("{0} is not the one that was started", who);
            Sender.Tell(Say.Last(ControlLine.Failed, $"{who} is not the one that was started"));
            return;
        }

        if (said.Words is not [_, UpgradeWords.Version])
        {
            Fail(attempt, $"the new process speaks another version: {string.Join(' ', said.Words)}");
            return;
        }

        attempt.Line = Sender;
        _parts.Gateway.Tell(GetServices.Instance);
    }

    private void TellListeners(Attempt attempt, RunningServices running)
    {
        foreach (var service in running.Services)
        {
            if (service.Listener is not null)
                attempt.Line.Tell(Say.Line(UpgradeWords.Listener, $"{service.EndPoint}", service.Settings.Name));
        }

        attempt.Line.Tell(Say.Line(
            UpgradeWords.Control, $"{_parts.Address}", $"{Environment.ProcessId}"));
        attempt.Line.Tell(Say.Line(UpgradeWords.End));
    }

    private void OnNext(Attempt attempt, IReadOnlyList<string> words)
    {
        switch (words)
        {
            case [UpgradeWords.Serves, var name, var handler]:
                var ours = _settings.Services.FirstOrDefault(s => s.Name == name);
                if (ours?.Handler == handler) attempt.Services.Add(name);
                break;
            case [UpgradeWords.Wants, var text] when IPEndPoint.TryParse(text, out var endPoint):
                attempt.Listeners.Add(endPoint);
                break;
            case [UpgradeWords.WantsControl]:
                attempt.WantsControl = true;
                break;
            case [UpgradeWords.Ready, var path, var service]:
                _parts.Processes.Tell(new OpenPeer(path, service) { IsBatch = true });
                break;
            case [ControlLine.Failed, var why]:
                Fail(attempt, $"the new process gave up: {why}");
                break;
            default:
                Fail(attempt, $"the new process said what is not understood: {string.Join(' ', words)}");
                break;
        }
    }
}
