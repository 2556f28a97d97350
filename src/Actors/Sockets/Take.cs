using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// A Get on its way to the socket that was found under its name. The actor of the names is told Confirmed or Refused.
internal sealed record Take(OfferHandle Offer, Get Get, IActorRef Asker)
{
    // Who gets it, where that is another process.
    public PeerCredentials? Process { get; init; }
}
