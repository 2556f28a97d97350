using System.Diagnostics;
using Akka.Actor;
using Handoff.Sockets;
using Handoff.Transport;

namespace Handoff.Processes;

// What comes from outside of this process as a span: a child of the other process's offer, where that has one.
internal static class ArrivalSpan
{
    public static void Begin(Place place, IActorRef keeper, IActorRef target)
    {
        place.Span = Telemetry.StartActivity("handoff.arrival", ActivityKind.Consumer, place.Trace ?? default);
        place.Offer!.Trace = place.Span;
        if (place.Span is not { IsAllDataRequested: true } span) return;
        OfferSpan.Describe(span, keeper, place.Facts);
        span.SetTag("handoff.targets", new[] { OfferSpan.PathOf(target) });
    }

    // Once.
    public static void End(Place place, SocketResult result)
    {
        if (place.Span is not { } span) return;
        place.Span = null;
        if (place.Acquire is { } acquire)
        {
            if (acquire.MadeIn is { } consent) span.AddLink(new ActivityLink(consent.Context));
            if (span.IsAllDataRequested && result.IsSuccess)
                span.SetTag("handoff.acquirer", OfferSpan.PathOf(acquire.Owner));
        }

        OfferSpan.End(span, result, result.Code.ToString());
    }
}
