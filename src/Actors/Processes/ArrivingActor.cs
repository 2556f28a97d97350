using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Processes;

// Offers to a service what another process offers, and hears its answers. The sockets come when all are acquired, and
// it ends when their owners have been told; or none comes, and each who waited is told why.
internal sealed class ArrivingActor(Arriving move, IActorRef target, Landings landings, TimeSpan longest)
    : UntypedActor, IWithTimers
{
    private static readonly SocketResult NobodyIsLeft =
        new(ResultCode.EEABORTED, "nobody is left to take in what came");

    private readonly List<(Place Place, SocketsActor.TakeIn Socket)> _landed = [];
    private int _untold;

    public ITimerScheduler Timers { get; set; } = null!;

    // A move takes no longer than the longest.
    public static Props Props(Arriving move, IActorRef target, Landings landings, TimeSpan longest) =>
        Akka.Actor.Props.Create(() => new ArrivingActor(move, target, landings, longest));

    protected override void PreStart()
    {
        if (!move.TryBegin(Self))
        {
            Context.Stop(Self);
            return;
        }

        Timers.StartSingleTimer(nameof(Late), Late.Instance, move.Within + longest);
        Context.Watch(target);
        foreach (var place in move.Places)
        {
            place.Offer = new OfferHandle(Self, place.Facts.Id, number: 1, Secret.Draw());
            ArrivalSpan.Begin(place, Self, target);
            target.Tell(
                new Offered(place.Offer, From: null, place.Facts, move.Within, place.Attachment)
                {
                    Process = move.From,
                },
                Self);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Acquire acquire: OnAcquire(acquire); break;
            case Decline decline: OnDecline(decline); break;
            case Arriving.Over over: OnOver(over); break;
            case SocketsActor.TakenIn taken: taken.Socket.Tell(GetStatus.Instance, Self); break;
            case SocketStatus: OnTold(); break;
            case Late: OnLate(); break;
            case Terminated { ActorRef: var dead } when dead.Equals(landings.Sockets): EndUntaken(); break;
            case Terminated: move.Say(new(ResultCode.EENOADDR, "the service has stopped")); break;
            default: Unhandled(message); break;
        }
    }

    // The offers are its own: after a crash nobody could answer them.
    protected override void PostRestart(Exception reason) => Context.Stop(Self);

    protected override void PostStop()
    {
        move.Say(new(ResultCode.EEABORTED, "whoever kept the offer has stopped"));
        move.Close();
        EndUntaken();
        foreach (var place in move.Places) ArrivalSpan.End(place, NobodyIsLeft);
        base.PostStop();
    }

    private void OnAcquire(Acquire acquire)
    {
        var refusal = Malformed.Why(acquire) ?? Limits.Foreign(Self, acquire.Owner, acquire.Heir, acquire.Acceptor);
        var place = PlaceOf(acquire.Offer);
        if (refusal is null && place is null) refusal = SocketResult.Of(ResultCode.EESECURITY);
        if (refusal is null && (place!.Acquire is not null || move.Answer.IsCompleted))
            refusal = new(ResultCode.EESOCKNOTRLSD, "the offer is over");
        refusal ??= landings.Objection(place!.Facts, acquire.Owner, Sender);
        if (refusal is not null)
        {
            var asker = Hearer.Of(Context);
            asker.Tell(Refusals.Of(Self, Hearer.MayHear(asker, acquire), refusal), Self);
            return;
        }

        (place!.Acquire, place.Asker) = (acquire, Sender);
        if (move.Places.All(each => each.Acquire is not null)) move.Say(SocketResult.Success);
    }

    private void OnDecline(Decline decline)
    {
        if (PlaceOf(decline.Offer) is not { Acquire: null }) return;
        move.Say(new(ResultCode.EESOCKNOTRLSD, $"declined: {decline.Reason}"));
    }

    private Place? PlaceOf(OfferHandle? offer) => offer is null
        ? null
        : move.Places.FirstOrDefault(place => place.Facts.Id == offer.Id && place.Offer!.Secret == offer.Secret);

    private void OnOver(Arriving.Over over)
    {
        Context.Unwatch(target);
        var sockets = move.Take();
        if (sockets.Count == 0)
        {
            foreach (var place in move.Places) TellLost(place, over.Why);
            Context.Stop(Self);
            return;
        }

        // Whoever acquired watches this one until it is told.
        _untold = sockets.Count;
        Context.Watch(landings.Sockets);
        Timers.StartSingleTimer(nameof(Late), Late.Instance, move.Within);
        foreach (var (place, socket) in move.Places.Zip(sockets))
        {
            if (landings.Land(socket, place, Self) is { } landed)
            {
                _landed.Add((place, landed));
                ArrivalSpan.End(place, SocketResult.Success);
                continue;
            }

            ArrivalSpan.End(place, SocketResult.Of(ResultCode.EEBADDATA));
            OnTold();
        }
    }

    // The actor of all sockets has stopped, or it was silent for too long.
    private void EndUntaken()
    {
        foreach (var (place, socket) in _landed)
        {
            if (!socket.TryEnd(NobodyIsLeft)) continue;
            place.Asker?.Tell(Refusals.Of(Self, place.Acquire!, NobodyIsLeft), Self);
            OnTold();
        }
    }

    private void TellLost(Place place, SocketResult why)
    {
        ArrivalSpan.End(place, why.IsSuccess ? NobodyIsLeft : why);
        if (place.Acquire is not { } acquire)
        {
            var outcome = why.Code is ResultCode.EETIMEDOUT ? OfferOutcome.TimedOut : OfferOutcome.Revoked;
            target.Tell(new Withdrawn(place.Offer!, outcome), Self);
            return;
        }

        if (place.Asker.IsNobody()) return;
        var lost = new SocketResult(ResultCode.EESOCKNOTRLSD, $"it did not come: {why}");
        place.Asker!.Tell(Refusals.Of(Self, acquire, lost), Self);
    }

    // Nobody said how the move ended, or an owner was not told in time.
    private void OnLate()
    {
        var why = new SocketResult(ResultCode.EETIMEDOUT, "nothing was heard of the move");
        if (_untold == 0) OnOver(new Arriving.Over(why));
        else Context.Stop(Self);
    }

    private void OnTold()
    {
        if (--_untold == 0) Context.Stop(Self);
    }

    private sealed record Late
    {
        public static Late Instance { get; } = new();
    }
}
