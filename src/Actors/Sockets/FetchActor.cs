using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// Says yes, for one get, to what another process offers, and tells its parent whether it came.
internal sealed class FetchActor(Get get, Search search, IElsewhere found) : UntypedActor
{
    private IActorRef? _arriving;
    private SocketResult? _refused;
    private SocketResult? _result;

    public static Props Props(Get get, Search search, IElsewhere found) =>
        Akka.Actor.Props.Create(() => new FetchActor(get, search, found));

    protected override void PreStart() => found.TakeAsync(Self).PipeTo(
        Self,
        success: result => new Over(result),
        failure: gone => new Over(new SocketResult(ResultCode.EEABORTED, gone.Message)));

    // It goes on without this one, which could say nothing of it after a crash.
    protected override void PostRestart(Exception reason) => Context.Stop(Self);

    protected override void PostStop()
    {
        var why = _result ?? new(ResultCode.EEABORTED, "Get: whoever fetched it has stopped");
        Context.Parent.Tell(new Fetched(search, why));
        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered: OnOffered(offered.Offer); break;
            case Refused { Command: Acquire acquire } refused: OnRefused(acquire.Offer, refused.Result); break;
            case Over over: OnOver(over.Result); break;
            case Terminated: Stop(_refused ?? SocketResult.Success); break;

            // A decline that came too late, or an offer that is over: the outcome is told by Over.
            case Refused or Withdrawn: break;
            default: Unhandled(message); break;
        }
    }

    private void OnOffered(OfferHandle offer)
    {
        _arriving = offer.Socket;
        var acquire = new Acquire(offer, get.Owner) { Reading = get.Reading, Heir = get.Heir, MadeIn = get.MadeIn };
        _arriving.Tell(acquire, Self);
    }

    // Whoever it came from waits for an answer.
    private void OnRefused(OfferHandle offer, SocketResult result)
    {
        _refused = result;
        _arriving?.Tell(new Decline(offer, Self, result.Reason), Self);
    }

    // Where it came, its owner is told before whoever keeps the offer stops.
    private void OnOver(SocketResult result)
    {
        if (result.IsSuccess && _arriving is not null) Context.Watch(_arriving);
        else Stop(result.Code is ResultCode.EESOCKNOTRLSD ? _refused ?? result : result);
    }

    private void Stop(SocketResult result)
    {
        _result = result;
        Context.Stop(Self);
    }

    // To the actor of the names.
    public sealed record Fetched(Search Search, SocketResult Result);

    private sealed record Over(SocketResult Result);
}
