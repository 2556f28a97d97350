namespace Handoff.Messages;

/// <summary>What happened to a socket's custody.</summary>
public enum CustodyChange
{
    /// <summary>The socket has its first owner.</summary>
    Opened,

    /// <summary>A target or an heir acquired it.</summary>
    Acquired,

    /// <summary>A borrower acquired it.</summary>
    Lent,

    /// <summary>A loan is over; without an owner now if the lender had stopped.</summary>
    Returned,

    /// <summary>Its restarted owner took it up again.</summary>
    Reattached,

    /// <summary>An offer was over and its owner keeps it.</summary>
    OfferFailed,

    /// <summary>Its owner stopped; whoever is asked may acquire it.</summary>
    OwnerStopped,

    /// <summary>It was closed.</summary>
    Closed,
}
