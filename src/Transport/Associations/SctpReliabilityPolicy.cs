namespace Handoff.Transport.Associations;

/// <summary>By what a message may be given up. Source: RFC 6458, 5.3.7; RFC 7496, 3.</summary>
public enum SctpReliabilityPolicy
{
    /// <summary>SCTP_PR_SCTP_NONE: never.</summary>
    None,

    /// <summary>SCTP_PR_SCTP_TTL: when its time, in milliseconds, is over.</summary>
    Lifetime,

    /// <summary>SCTP_PR_SCTP_RTX: after so many retransmissions.</summary>
    Retransmissions,

    /// <summary>
    /// SCTP_PR_SCTP_PRIO (BUF in other systems): where a message of higher priority, which is a lower number, finds no
    /// room.
    /// </summary>
    Priority,
}
