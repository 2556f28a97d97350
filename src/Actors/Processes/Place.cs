using System.Diagnostics;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;

namespace Handoff.Processes;

// One socket of an offer that comes from another process, and who is to have it.
internal sealed class Place(SocketFacts facts, object? attachment)
{
    public SocketFacts Facts => facts;

    // What its owner sent along.
    public object? Attachment => attachment;

    // Whether it, or what it accepts, is read durably from the first byte on.
    public bool IsDurable { get; init; }

    public Copy Copy { get; init; }

    // In which it was offered there.
    public ActivityContext? Trace { get; init; }

    // By ArrivalSpan; null where nobody wants it, and after its end.
    public Activity? Span { get; set; }

    public OfferHandle? Offer { get; set; }

    public Acquire? Acquire { get; set; }

    public IActorRef? Asker { get; set; }
}
