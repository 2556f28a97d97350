namespace Handoff.Transport.Sockets;

/// <summary>Why a splice was dissolved.</summary>
public enum SpliceEnd
{
    /// <summary>Not dissolved yet; never part of an event.</summary>
    None,

    /// <summary>Its owner dissolved it.</summary>
    Unspliced,

    /// <summary>
    /// Everything was moved: both ways, each peer has finished sending and the other one was told; one way, the first
    /// peer has finished.
    /// </summary>
    Finished,

    /// <summary>One way has moved as many bytes as it may; the next one is the owner's.</summary>
    Limit,

    /// <summary>Nothing was moved for the idle time-out.</summary>
    Idle,

    /// <summary>One of the two can neither send nor receive any more; the result says why.</summary>
    Failed,

    /// <summary>One of the two was closed by its owner, or its actor has stopped.</summary>
    Closed,

    /// <summary>The owner has taken one of the two up again after a restart.</summary>
    Reattached,

    /// <summary>The owner has stopped: nobody is told.</summary>
    OwnerStopped,

    /// <summary>One of the two was lent to the owner, and is its lender's again.</summary>
    LoanOver,
}
