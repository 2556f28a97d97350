namespace Handoff.Transport.Ownership;

/// <summary>Who of the targets of an offer may acquire.</summary>
public enum OfferMode
{
    /// <summary>The first target; the next one when it declines, stops or lets its share of the time-out
    /// pass.</summary>
    InOrder,

    /// <summary>All targets at the same time; the first to acquire wins and the others are told.</summary>
    AtOnce,

    /// <summary>Whoever holds the offer, so that a router may forward it.</summary>
    AnyHolder,
}
