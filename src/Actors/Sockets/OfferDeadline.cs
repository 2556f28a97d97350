namespace Handoff.Sockets;

internal sealed record OfferDeadline(long Offer, int Turn);
