using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Sockets;

// What belongs to an offer and is no matter of the pure protocol. Release is null where no owner made the offer: for
// an accepted connection, and for an heir. Share is the part of the time-out that one target in order has.
internal sealed record PendingOffer(OfferHandle Handle, Release? Release, IActorRef ReplyTo, TimeSpan Share);
