using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Action = Handoff.Transport.Ownership.OwnershipAction<Akka.Actor.IActorRef>;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// The part that is of other processes: there the owner is decided by a token that can be taken once, and not by the
// order of messages. Until that is known nothing else is.
internal sealed partial class Custody
{
    private static readonly SocketResult OnItsWay = new(ResultCode.EEBUSY, "the socket is on its way already");
    private static readonly SocketResult Gone = new(ResultCode.EESECURITY, "the socket is another process's");

    private Departing? _departing;

    // The token may still say that another process has it: then it lives on there.
    private void AbandonDeparture(SocketResult why)
    {
        _departing?.Departure.AskBack();
        _departing?.RefuseAll(why, _self);
    }

    private bool TryHandleDeparture(object message)
    {
        switch (message)
        {
            case Departure departure:
                OnDeparture(departure);
                return true;
            case Notice.LentOut lent:
                OnLentOut(lent.Departure);
                return true;
            case Notice.DepartureOver over:
                OnDepartureOver(over);
                return true;
            case Notice.NameHeld held:
                OnNameHeld(held);
                return true;
            case Notice.KeepingLost lost:
                OnKeepingLost(lost);
                return true;
            default:
                return message is Notice.Detached;
        }
    }

    private bool Defer(Event what, object command)
    {
        if (!_departing!.TryDefer(what, command, context.Sender)) Refuse(command, OnItsWay);
        return false;
    }

    // What it says is decided elsewhere, if nothing is to be said against it here.
    private void OnDeparture(Departure departure)
    {
        if (departure.IsGivenUp) return;
        var what = Asked(Commands.Of(departure.Command, _authority, _offer)!, departure.Command);
        if (rules.Deciding(id, State, what, departure.Command).Refusal is { } refusal)
        {
            departure.Refuse(new SocketResult(refusal.Code, refusal.Reason));
        }
        else if (_departing is not null)
        {
            departure.Refuse(OnItsWay);
        }
        else
        {
            departure.IsTakenOn = true;
            _departing = new Departing(departure);
            departure.StopAsync(owned, _keeper).PipeTo(_self, failure: gone => new Notice.DepartureOver(
                departure, IsGone: false, new SocketResult(ResultCode.EEABORTED, gone.Message)));
        }
    }

    private void OnDepartureOver(Notice.DepartureOver over)
    {
        if (_departing is not { } departing || departing.Departure != over.Departure) return;
        if (over.IsGone) OnGone(departing);
        else OnStays(departing, over.Why);
        _departing = null;
    }

    private void OnGone(Departing departing)
    {
        var command = departing.Departure.Command;
        var step = rules.Deciding(id, State, Commands.Of(command, _authority, _offer)!, command);
        var before = State.OwnerNow();
        _over = true;
        Commit(step, command, default);
        _authority.End();
        departing.RefuseAll(Gone, _self);
        owned.Left(before);
    }

    // The loan begins. Whoever asked for the socket meanwhile has it back first.
    private void OnLentOut(Departure departure)
    {
        if (_departing?.Departure != departure || departure.IsAskedBack) return;
        departure.IsLent = true;
        var command = departure.Command;
        Commit(rules.Deciding(id, State, Commands.Of(command, _authority, _offer)!, command), command, default);
    }

    // The borrower uses it in another process: it has nothing to read by here, and the lender no more.
    private bool IsUsedElsewhere(Action.Admit admit)
    {
        if (_departing is null or { IsOver: true }) return false;
        owned.Tear(isOwnerDead: false);
        admit.Owner.Tell(new Acquired(_authority.Handle!, owned.Facts(), Lease: null, 0, 0), _self);
        return true;
    }

    // In the order in which it came: what ended the offer meanwhile leaves nothing to decline. What is given under a
    // name stays given.
    private void OnStays(Departing departing, SocketResult why)
    {
        departing.IsOver = true;
        foreach (var (what, because) in departing.Events) Decide(what, because);
        var departure = departing.Departure;
        if (!departure.IsLoan)
        {
            DeclineFor(departure, why);
            CarryOut(departing);
            return;
        }

        if (departure.IsLent && IsLent)
        {
            var claim = _authority.Claim(_authority.Handle!);
            Decide(new Event.Return(claim), departure, Incoming.Because(why.Reason));
        }

        // A loan waits for long: what its owner said meanwhile comes before what the target says.
        CarryOut(departing);
        if (!departure.IsLent) DeclineFor(departure, why);
    }

    private void DeclineFor(Departure departure, SocketResult why)
    {
        if (departure.Command is not Acquire { Offer: var offer, Owner: var by } acquire) return;
        var decline = new Event.Decline(_authority.Claim(offer, _offer), by);
        var step = rules.Deciding(id, State, decline, acquire);
        if (step is { Refusal: null, Actions.Count: > 0 }) Commit(step, acquire, Incoming.Because($"{why}"));
    }

    // Policy was asked about each when it came, and what came later waits behind it.
    private void CarryOut(Departing departing)
    {
        while (departing.Next() is { } late) OnCommand(Commands.Of(late, _authority, _offer)!, late);
    }
}
