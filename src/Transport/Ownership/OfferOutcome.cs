namespace Handoff.Transport.Ownership;

/// <summary>How an offer ended. Each offer has exactly one outcome, told once to each side.</summary>
public enum OfferOutcome
{
    /// <summary>No outcome yet; never part of an answer.</summary>
    None,

    /// <summary>The target acquired: ownership moved.</summary>
    Acquired,

    /// <summary>The target declined.</summary>
    Declined,

    /// <summary>Nobody answered inside the time-out.</summary>
    TimedOut,

    /// <summary>The target stopped, or never lived.</summary>
    TargetDied,

    /// <summary>The owner took the offer back.</summary>
    Revoked,

    /// <summary>The socket was closed while it was on offer.</summary>
    Closed,

    /// <summary>Another target of the same offer acquired first.</summary>
    Lost,

    /// <summary>The owner stopped before anybody got what it gave under a name; its heir is asked, or the socket
    /// closes.</summary>
    OwnerDied,
}
