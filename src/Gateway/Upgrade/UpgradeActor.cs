using System.ComponentModel;
using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Control;

namespace Handoff.Gateway.Upgrade;

// The side that is replaced: starts the next version, moves to it what it wants, and lets the rest drain. Until the
// move every failure leaves this process as it was.
internal sealed partial class UpgradeActor : ReceiveActor, IWithTimers
{
    private readonly GatewaySettings _settings;
    private readonly UpgradeParts _parts;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<IActorRef> _abandoning = [];
    private Attempt? _attempt;
    private bool _isReplaced;

    public UpgradeActor(GatewaySettings settings, UpgradeParts parts)
    {
        _settings = settings;
        _parts = parts;
        BecomeIdle();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(GatewaySettings settings, UpgradeParts parts) =>
        Akka.Actor.Props.Create(() => new UpgradeActor(settings, parts));

    // After a bug the new process is left alone once it has a line: it hears the end of that, and decides by what it
    // has. A process that is replaced has nothing to do any more.
    protected override void PreRestart(Exception reason, object message)
    {
        if (_isReplaced) _parts.Stop();
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        if (_attempt is { ExitCode: null } attempt && !_isReplaced)
        {
            if (attempt.Line.IsNobody()) attempt.Next.Kill();
            else attempt.Line.Tell(Say.Last(ControlLine.Failed, "the upgrade has failed"));
            attempt.Client.Tell(Say.Last(ControlLine.Failed, "the upgrade has failed"));
        }

        base.PostStop();
    }

    private void BecomeIdle()
    {
        _attempt = null;
        TellAbandoned();
        Become(() =>
        {
            Receive<Said>(said => said.Words is [ControlLine.Upgrade, ..], said => Begin(Sender, said.Words));
            Receive<Said>(_ => Sender.Tell(Say.Last(ControlLine.Failed, "no upgrade is under way")));
            Receive<Abandon>(_ => Sender.Tell(Abandoned.Instance));
            ReceiveAny(_ => { });
        });
    }

    // Words: upgrade, the number of words of the program, and then program and arguments; none: as we were started.
    private void Begin(IActorRef client, IReadOnlyList<string> words)
    {
        var count = words.Count > 1 && int.TryParse(words[1], out var n) ? Math.Clamp(n, 0, words.Count - 2) : 0;
        var command = _parts.Command.Next(
            [.. words.Skip(2).Take(count)], [.. words.Skip(2 + count)], $"{_parts.Address}");
        try
        {
            var attempt = _attempt = new Attempt(client, NextVersion.Start(command));
            Tell(attempt, $"starting {string.Join(' ', command)}: process {attempt.Next.ProcessId}");
            attempt.Next.EndAsync().PipeTo(Self, success: code => new NextEnded(attempt, code));
            BecomeStarting(attempt);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            client.Tell(Say.Last(ControlLine.Failed, $"{command[0]} cannot be started: {e.Message}"));
        }
    }

    // What every state has to hear beside its own.
    private void Common(Attempt attempt)
    {
        Receive<Said>(_ => Sender.Tell(Say.Last(ControlLine.Failed, "an upgrade is under way")));
        Receive<Abandon>(_ => _abandoning.Add(Sender));
        Receive<NextEnded>(ended => ended.Attempt == attempt, ended => attempt.ExitCode = ended.ExitCode);
        ReceiveAny(_ => { });
    }

    // Nothing has moved. The new process is ended, and only then is it told: nothing of it is left.
    private void Fail(Attempt attempt, string why)
    {
        Timers.CancelAll();
        _log.Warning("failed, nothing has changed: {0}", why);
        if (!attempt.Peer.IsNobody()) attempt.Peer.Tell(PoisonPill.Instance);
        if (attempt.ExitCode is null)
        {
            attempt.Next.Kill();
            Become(() =>
            {
                Receive<NextEnded>(ended => ended.Attempt == attempt, _ => End());
                Common(attempt);
            });
            return;
        }

        End();

        void End()
        {
            attempt.Next.Dispose();
            attempt.Client.Tell(Say.Last(ControlLine.Failed, why));
            BecomeIdle();
        }
    }

    private void Tell(Attempt attempt, string progress)
    {
        _log.Info("upgrade: {0}", progress);
        attempt.Client.Tell(Say.Line(ControlLine.Progress, progress));
    }

    private void TellAbandoned()
    {
        foreach (var asker in _abandoning) asker.Tell(Abandoned.Instance);
        _abandoning.Clear();
    }

    private sealed record NextEnded(Attempt Attempt, int ExitCode);

    private sealed record Overdue
    {
        public static Overdue Instance { get; } = new();
    }
}
