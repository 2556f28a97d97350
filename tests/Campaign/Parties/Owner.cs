using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Campaign.Tests.Parties;

// Owns sockets as the scenario tells it to, and tells the ledger what it is told.
internal sealed class Owner : UntypedActor
{
    private readonly Crew _crew;
    private readonly Keepsakes _keepsakes;
    private readonly Dictionary<long, Holding> _holdings = [];
    private readonly Acts _acts;

    public Owner(Crew crew, Keepsakes keepsakes)
    {
        _crew = crew;
        _keepsakes = keepsakes;
        _acts = new Acts(crew, Self, keepsakes);
    }

    private Ledger Ledger => _crew.Ledger;

    public static Props Props(Crew crew, Keepsakes keepsakes) =>
        Akka.Actor.Props.Create(() => new Owner(crew, keepsakes));

    protected override void PostRestart(Exception reason)
    {
        foreach (var handle in _crew.Index.Of(Self)) Reattach(handle);
    }

    protected override void OnReceive(object message)
    {
        _crew.Note($"{Self.Path.Name} is told {message}");
        switch (message)
        {
            case Act act: OnAct(act); break;
            case Offered offered: OnOffered(offered); break;
            case Acquired acquired: OnAcquired(acquired); break;
            case Listening listening: OnListening(listening); break;
            case Released released: OnReleased(released); break;
            case ReleaseFailed failed: OnReleaseFailed(failed); break;
            case Refused refused: OnRefused(refused); break;
            case Withdrawn withdrawn: OnWithdrawn(withdrawn); break;
            case Received received: Of(received.Handle)?.OnReceived(received); break;
            case PeerFinished finished: OnPeerFinished(finished); break;
            case Written written: OnWritten(written); break;
            case Confirmed confirmed: OnConfirmed(confirmed); break;
            case Leased leased: Of(leased.Handle)?.Read(leased.Lease); break;
            case Closed closed: OnClosed(closed); break;
            default: Unhandled(message); break;
        }
    }

    private Holding? Of(SocketHandle handle) =>
        _holdings.GetValueOrDefault(handle.Id) is { } held && held.Handle == handle ? held : null;

    private void Reattach(SocketHandle handle)
    {
        var reattach = new Reattach(handle, Self);
        Ledger.Asked(reattach, Self);
        handle.Socket.Tell(reattach, Self);
    }

    private void OnAct(Act act)
    {
        if (act is Act.Crash)
        {
            _crew.HasTorn = true;
            throw new CrashException();
        }

        if (act is Act.Drain)
        {
            foreach (var holding in _holdings.Values) _acts.Drain(holding);
        }
        else if (act is Act.CloseAll)
        {
            foreach (var handle in _crew.Index.Of(Self)) handle.Socket.Tell(new Close(handle), Self);
        }
        else
        {
            _acts.Do(act, [.. _holdings.Values]);
        }
    }

    private void OnOffered(Offered offered)
    {
        Ledger.Offered(Self, offered);
        _crew.Guardian.Tell(new Guardian.Seen(offered.Offer.Socket), Self);
        switch (_crew.IsFinishing ? 0 : _crew.Below(20))
        {
            case < 13: _acts.Acquire(offered); break;
            case < 15: _acts.Decline(offered); break;
            case < 17: break;
            case 17 when Ledger.Book(offered.Offer.Id).IsForwardable: Forward(offered); break;
            default: _keepsakes.Keep(offered); break;
        }
    }

    private void Forward(Offered offered)
    {
        Ledger.Book(offered.Offer.Id).Offer(offered.Offer.Number).IsForwarded = true;
        _crew.Somebody().Tell(offered, Self);
    }

    private void OnAcquired(Acquired acquired)
    {
        Ledger.Acquired(Self, acquired);
        if (_holdings.GetValueOrDefault(acquired.Handle.Id) is { } before) LetGo(before);
        var holding = new Holding(_crew, Self, acquired);
        _holdings[acquired.Handle.Id] = holding;
        if (_crew.IsFinishing) _acts.Drain(holding);
    }

    private void OnListening(Listening listening)
    {
        _crew.Guardian.Tell(new Guardian.Seen(listening.Handle.Socket), Self);
        var facts = new SocketFacts(
            listening.Handle.Id, SocketKind.Listener, "simulated", listening.EndPoint, null, 0, 0);
        OnAcquired(new Acquired(listening.Handle, facts, null, 0, 0));
    }

    private void LetGo(Holding holding)
    {
        _holdings.Remove(holding.Handle.Id);
        _keepsakes.Keep(new Keepsakes.Stale(holding.Handle, holding.Delivered, holding.IsListener));
        holding.Over();
    }

    private void OnReleased(Released released)
    {
        Ledger.Ended(released.Release, "Released", released.Owner);
        if (Of(released.Release.Handle) is { } holding) LetGo(holding);
    }

    private void OnReleaseFailed(ReleaseFailed failed)
    {
        Ledger.Ended(failed.Release, $"ReleaseFailed {failed.Outcome}", null);
        if (failed.Outcome is OfferOutcome.Closed) return;
        if (Of(failed.Release.Handle) is not { } holding)
        {
            Reattach(failed.Release.Handle); // an earlier incarnation released it
            return;
        }

        holding.GoOnAfterRevert(failed.Release);
        if (_crew.IsFinishing) _acts.Drain(holding);
    }

    private void OnRefused(Refused refused)
    {
        Ledger.Answered(refused.Command, $"Refused {refused.Result.Code}");
        switch (refused.Command)
        {
            case Release or ReadBy when Of(((ISocketCommand)refused.Command).Handle) is { } holding:
                holding.GoOnAfterRefusal(refused.Command);
                if (_crew.IsFinishing && refused.Command is Release) _acts.Drain(holding);
                break;
            case Write write when Of(write.Handle) is { } holding && ReferenceEquals(holding.Writing, write):
                holding.Writing = null;
                break;
        }
    }

    private void OnWithdrawn(Withdrawn withdrawn)
    {
        Ledger.Withdrawn(Self, withdrawn);
        if (_crew.OneIn(2)) _keepsakes.Offers.RemoveAll(offered => offered.Offer == withdrawn.Offer);
    }

    private void OnPeerFinished(PeerFinished finished)
    {
        if (Of(finished.Handle) is not { } holding) return;
        holding.OnPeerFinished(finished);
        if (_crew.IsFinishing) _acts.Drain(holding);
    }

    private void OnWritten(Written written)
    {
        Ledger.Answered(written.Write, "Written");
        var holding = Of(written.Write.Handle);
        if (holding is null || !ReferenceEquals(holding.Writing, written.Write)) return;
        holding.Writing = null;
        if (written.Position != holding.Position + written.Write.Bytes.Length)
        {
            Ledger.Violate(
                $"{Self.Path.Name} wrote {written.Write.Bytes.Length} bytes at {holding.Position} and is at "
                    + $"{written.Position}: {holding.Book}");
        }

        holding.Position = written.Position;
        holding.Book.Written = Math.Max(holding.Book.Written, written.Position);
    }

    private void OnConfirmed(Confirmed confirmed)
    {
        Ledger.Answered(confirmed.Command, "Confirmed");
        if (confirmed.Command is not ReadBy change || Of(change.Handle) is not { } holding) return;
        holding.ReadByMessages(change);
        if (_crew.IsFinishing) _acts.Drain(holding);
    }

    private void OnClosed(Closed closed)
    {
        Ledger.Closed(Self, closed);
        if (_holdings.GetValueOrDefault(closed.Handle.Id) is { } holding) LetGo(holding);
    }
}
