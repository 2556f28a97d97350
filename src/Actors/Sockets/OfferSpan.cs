using System.Diagnostics;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// An offer as a span, from when it is made to its outcome, for whoever listens; a look at a field where nobody does.
internal static class OfferSpan
{
    // A part of what its maker was doing; a root where nobody chose to make it.
    public static void Begin(OfferHandle offer, Release? release, State state, IOwned owned)
    {
        if (!Telemetry.IsTraced) return;
        var parent = release?.MadeIn?.Context ?? default;
        var span = Telemetry.StartActivity("handoff.offer", ActivityKind.Producer, parent);
        offer.Trace = span ?? release?.MadeIn;
        if (span is not { IsAllDataRequested: true }) return;
        Describe(span, offer.Socket, owned.Facts());
        span.SetTag("handoff.epoch", state.Epoch);
        span.SetTag("handoff.offer.number", offer.Number);
        span.SetTag("handoff.offer.mode", ModeOf(state));
        if (release?.LoanFor is { } loan) span.SetTag("handoff.loan", loan.TotalSeconds);
        if (state.OwnerNow() is { } owner) span.SetTag("handoff.owner", PathOf(owner));
        if (state.OfferNow() is { } to) span.SetTag("handoff.targets", to.Targets.Select(PathOf).ToArray());
    }

    // Now: after it. By: the message that ended it.
    public static void End(OfferHandle offer, OfferOutcome outcome, State now, object? by, string? because)
    {
        // What it would have been a part of is another's to end; ours are current nowhere, and so part of no command.
        if (offer.Trace is not { } span || span.Source != Telemetry.Source) return;
        var isAcquired = outcome is OfferOutcome.Acquired;
        if (isAcquired && MadeIn(by) is { } consent) span.AddLink(new ActivityLink(consent.Context));
        if (span.IsAllDataRequested)
        {
            span.SetTag("handoff.outcome", OfferWords.Of(outcome));
            if (isAcquired && now.OwnerNow() is { } acquirer) span.SetTag("handoff.acquirer", PathOf(acquirer));
        }

        var code = isAcquired ? ResultCode.EESUCCESS : ResultCode.EESOCKNOTRLSD;
        End(span, new SocketResult(code, because ?? OfferWords.Of(outcome)), OfferWords.Of(outcome));
    }

    public static void End(Activity span, SocketResult result, string error)
    {
        if (span.IsAllDataRequested) span.SetTag("handoff.code", result.Code.ToString());
        if (!result.IsSuccess)
        {
            span.SetTag("error.type", error);
            span.SetStatus(ActivityStatusCode.Error, result.Reason);
        }

        Telemetry.Stop(span);
    }

    public static void Describe(Activity span, IActorRef socket, SocketFacts facts)
    {
        span.SetTag("handoff.system", socket.Path.Address.System);
        span.SetTag("handoff.socket.id", facts.Id);
        span.SetTag("handoff.socket.kind", OfferWords.Of(facts.Kind));
        span.SetTag("handoff.transport", facts.Transport);
    }

    public static string PathOf(IActorRef actor) => actor.Path.ToStringWithoutAddress();

    private static Activity? MadeIn(object? command) => command switch
    {
        Acquire acquire => acquire.MadeIn,
        Take take => take.Get.MadeIn,
        _ => null,
    };

    private static string ModeOf(State state) =>
        state.OfferNow() is { } to ? OfferWords.Of(to.Mode) : "name";
}
