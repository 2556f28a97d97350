using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Gateway.Connections;

// The part that lends listeners to programs (wait): on offer until a client comes, lent as long as a program runs, and
// then on offer again. On offer they are still here, and can be taken back.
internal sealed partial class GatewayActor
{
    // By the number of the listener: those on offer for it, and those that a program has.
    private readonly Dictionary<long, Release> _lending = [];
    private readonly HashSet<long> _lent = [];
    private readonly HashSet<long> _recalling = [];
    private Action? _recalled;

    // Where the next version listens.
    private IReadOnlyCollection<EndPoint> _wanted = [];
    private bool _isReplaced;

    // Those that the next version has as soon as their program has ended.
    private int Following => _running.Count(Follows);

    private void LendListeners()
    {
        foreach (var service in _running) Lend(service);
    }

    private void Lend(RunningService service)
    {
        if (_isReplaced || service is not { Settings.Waits: true, Listener: { } listener }) return;
        if (_lending.ContainsKey(listener.Id) || _lent.Contains(listener.Id)) return;
        KeepListener(service);
        var settings = HandoffExtension.For(Context.System).Settings;
        var release = new Release(listener, OfferMode.AnyHolder, _services[service.Settings.Name])
        {
            LoanFor = settings.MaxLoan,
            Within = settings.MaxOfferTimeout,
        };
        _lending.Add(listener.Id, release);
        listener.Socket.Tell(release);
    }

    // Stopping: what comes back is closed.
    private void ReceiveOfLending(bool isStopping = false)
    {
        Receive<Released>(released => released.Release.LoanFor is not null, released =>
        {
            _lent.Add(released.Release.Handle.Id);
            OnSettled(released.Release);
        });
        Receive<ReleaseFailed>(failed => failed.Release.LoanFor is not null, failed => OnNotLent(failed, isStopping));
        Receive<Refused>(refused => refused.Command is Release { LoanFor: not null }, refused =>
        {
            var release = (Release)refused.Command;
            OnSettled(release);
            if (!isStopping) LendLater(release.Handle.Id);
        });
        Receive<Returned>(_ => { });
        Receive<Acquired>(acquired => IsWaiting(acquired.Handle.Id), acquired => OnBack(acquired, isStopping));
        Receive<LendAgain>(_ => !isStopping, again => LendById(again.Listener));
    }

    private bool IsWaiting(long id) =>
        _lent.Contains(id) || _running.Exists(r => r.Settings.Waits && r.Listener?.Id == id);

    private void OnNotLent(ReleaseFailed failed, bool isStopping)
    {
        var id = failed.Release.Handle.Id;
        var isRecalled = _recalling.Contains(id);
        OnSettled(failed.Release);
        if (isStopping || isRecalled || failed.Outcome is OfferOutcome.Revoked or OfferOutcome.Closed) return;

        // Nobody came, which is no failure.
        if (failed.Outcome is OfferOutcome.TimedOut) LendById(id);
        else LendLater(id);
    }

    // The log says why, by its service.
    private void LendLater(long id) => Timers.StartSingleTimer(
        $"lend {id}", new LendAgain(id), HandoffExtension.For(Context.System).Settings.Children.StartsPause);

    private void LendById(long id)
    {
        if (_running.Find(r => r.Listener?.Id == id) is { } service) Lend(service);
    }

    private void OnBack(Acquired acquired, bool isStopping)
    {
        var handle = acquired.Handle;
        _lent.Remove(handle.Id);
        var at = _running.FindIndex(r => r.Listener?.Id == handle.Id);
        if (at >= 0) _running[at] = _running[at] with { Listener = handle };
        if (at < 0 || isStopping) handle.Socket.Tell(new Close(handle));
        else Lend(_running[at]);
    }

    // Before listeners leave: those that wait are taken back. One that a program has by then follows later.
    private void Recall(IActorRef asker, Depart depart)
    {
        _wanted = depart.Listeners;
        _recalled = () => BecomeDeparting(asker, depart);
        foreach (var service in _running.Where(r => r.EndPoint is { } at && depart.Listeners.Contains(at)))
            TakeBack(service);
        GoOnIfRecalled();
    }

    private void TakeBack(RunningService service)
    {
        if (service.Listener is not { } listener || !_lending.TryGetValue(listener.Id, out var release)) return;
        _recalling.Add(listener.Id);
        listener.Socket.Tell(new Revoke(listener, release));
    }

    private bool Follows(RunningService service) =>
        service is { Settings.Waits: true, Listener: not null, EndPoint: { } at } && _wanted.Contains(at);

    private void OnSettled(Release release)
    {
        _lending.Remove(release.Handle.Id);
        _recalling.Remove(release.Handle.Id);
        GoOnIfRecalled();
    }

    private void GoOnIfRecalled()
    {
        if (_recalling.Count > 0 || _recalled is not { } recalled) return;
        _recalled = null;
        recalled();
    }

    private sealed record LendAgain(long Listener);
}
