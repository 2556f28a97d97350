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
            case Confirmed confirmed: OnConfirmed(confirmed); break;
            case Closed closed: OnClosed(closed); break;
            case Returned returned: Ledger.Returned(Self, returned); break;
            case LoanOver over: OnLoanOver(over); break;
            case SpliceEnded ended: OnSpliceEnded(ended); break;
            case AllReleased all: OnAllReleased(all); break;
            default: OnData(message); break;
        }
    }

    private void OnData(object message)
    {
        switch (message)
        {
            case Received received: Of<ConnectionHolding>(received.Handle)?.OnReceived(received); break;
            case PeerFinished finished: OnPeerFinished(finished); break;
            case Written written: OnWritten(written); break;
            case Leased leased: Of<ConnectionHolding>(leased.Handle)?.Read(leased.Lease); break;
            case ReceivedFrom received: Of<DatagramHolding>(received.Handle)?.OnReceived(received); break;
            case SendFailed failed: Of<DatagramHolding>(failed.Handle)?.OnSendFailed(failed); break;
            case Sent sent: OnSent(sent); break;
            case MessagesLeased leased: Of<DatagramHolding>(leased.Handle)?.Read(leased.Messages); break;
            case ReleaseProgress: break;
            default: Unhandled(message); break;
        }
    }

    private Holding? Of(SocketHandle handle) =>
        _holdings.GetValueOrDefault(handle.Id) is { } held && held.Handle == handle ? held : null;

    private T? Of<T>(SocketHandle handle)
        where T : Holding => Of(handle) as T;

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
            _crew.Ledger.HasTorn = true;
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
        var holding = acquired.Facts.Kind switch
        {
            SocketKind.Connection => new ConnectionHolding(_crew, Self, acquired),
            SocketKind.Datagrams => new DatagramHolding(_crew, Self, acquired),
            _ => new Holding(_crew, Self, acquired),
        };
        _holdings[acquired.Handle.Id] = holding;
        if (_crew.IsFinishing) _acts.Drain(holding);
    }

    private void OnListening(Listening listening)
    {
        var facts = new SocketFacts(
            listening.Handle.Id, SocketKind.Listener, "simulated", listening.EndPoint, null, 0, 0);
        OnAcquired(new Acquired(listening.Handle, facts, null, 0, 0));
    }

    private void LetGo(Holding holding)
    {
        _holdings.Remove(holding.Handle.Id);
        _keepsakes.Keep(new Keepsakes.Stale(holding.Handle, holding.Delivered, holding.Kind));
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
                GoOnAfterRefusal(holding, refused.Command);
                break;
            case Splice splice:
                Ledger.Refused(splice);
                if (Of(splice.Handle) is { } near) GoOnAfterRefusal(near, splice);
                if (Of(splice.Other) is { } far) GoOnAfterRefusal(far, splice);
                break;
            case Write write when Of<ConnectionHolding>(write.Handle) is { } holding:
                if (ReferenceEquals(holding.Writing, write)) holding.Writing = null;
                break;
            case SendTo send when Letter.Read(send.Bytes.Span) is not null:
                Ledger.Post.Refused(send.Bytes.Span);
                Of<DatagramHolding>(send.Handle)?.OnRefused(send);
                break;
        }
    }

    private void GoOnAfterRefusal(Holding holding, object command)
    {
        holding.GoOnAfterRefusal(command);
        if (_crew.IsFinishing && command is not ReadBy) _acts.Drain(holding);
    }

    private void OnSpliceEnded(SpliceEnded ended)
    {
        Ledger.Ended(ended);
        GoOnAfterSplice(ended.Splice.Handle, ended.Splice);
        GoOnAfterSplice(ended.Splice.Other, ended.Splice);
    }

    private void GoOnAfterSplice(SocketHandle handle, Splice splice)
    {
        if (Of(handle) is not { } holding) return;
        holding.GoOnAfterSplice(splice);
        if (_crew.IsFinishing) _acts.Drain(holding);
    }

    // Those that were offered are told of by their sockets.
    private void OnAllReleased(AllReleased all)
    {
        Ledger.Ended(all);
        foreach (var failed in all.Failed)
        {
            if (failed.Outcome is OfferOutcome.None && Of(failed.Handle) is { } holding)
                GoOnAfterRefusal(holding, all.Command);
        }
    }

    private void OnLoanOver(LoanOver over)
    {
        Ledger.LoanOver(Self, over);
        if (_holdings.GetValueOrDefault(over.Id) is { } holding && holding.Handle.Epoch == over.Epoch) LetGo(holding);
    }

    private void OnWithdrawn(Withdrawn withdrawn)
    {
        Ledger.Withdrawn(Self, withdrawn);
        if (_crew.OneIn(2)) _keepsakes.Offers.RemoveAll(offered => offered.Offer == withdrawn.Offer);
    }

    private void OnPeerFinished(PeerFinished finished)
    {
        if (Of<ConnectionHolding>(finished.Handle) is not { } holding) return;
        holding.OnPeerFinished(finished);
        if (_crew.IsFinishing) _acts.Drain(holding);
    }

    private void OnWritten(Written written)
    {
        Ledger.Answered(written.Write, "Written");
        var holding = Of<ConnectionHolding>(written.Write.Handle);
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

    private void OnSent(Sent sent)
    {
        Ledger.Answered(sent.Command, "Sent");
        Ledger.Post.Accepted(sent.Command.Bytes.Span);
        if (Of<DatagramHolding>(sent.Command.Handle) is not { } holding) return;
        holding.OnSent(sent);
        holding.Book.Written = Math.Max(holding.Book.Written, sent.Position);
    }

    private void OnConfirmed(Confirmed confirmed)
    {
        Ledger.Answered(confirmed.Command, "Confirmed");
        if (confirmed.Command is Splice splice) Ledger.Confirmed(splice);
        if (confirmed.Command is not ReadBy change || Of(change.Handle) is not { } holding) return;
        if (holding is ConnectionHolding connection) connection.ReadByMessages(change);
        else if (holding is DatagramHolding datagrams) datagrams.ReadByMessages(change);
        if (_crew.IsFinishing) _acts.Drain(holding);
    }

    private void OnClosed(Closed closed)
    {
        Ledger.Closed(Self, closed);
        if (_holdings.GetValueOrDefault(closed.Handle.Id) is not { } holding) return;
        LetGo(holding);
        // A splice that came too late for its socket is answered by nobody any more.
        if (holding.Splicing is not { } splice || splice.Handle.Id != closed.Handle.Id) return;
        Ledger.Refused(splice);
        if (Of(splice.Other) is { } far) GoOnAfterRefusal(far, splice);
    }
}
