namespace Handoff.Transport.Sctp;

/// <summary>The state of an association. Source: RFC 6458, 8.2.1; RFC 9260, 4.</summary>
public enum SctpState
{
    /// <summary>SCTP_CLOSED, or a number that the stack does not explain.</summary>
    Closed,

    /// <summary>SCTP_COOKIE_WAIT.</summary>
    CookieWait,

    /// <summary>SCTP_COOKIE_ECHOED.</summary>
    CookieEchoed,

    /// <summary>SCTP_ESTABLISHED.</summary>
    Established,

    /// <summary>SCTP_SHUTDOWN_PENDING.</summary>
    ShutdownPending,

    /// <summary>SCTP_SHUTDOWN_SENT.</summary>
    ShutdownSent,

    /// <summary>SCTP_SHUTDOWN_RECEIVED.</summary>
    ShutdownReceived,

    /// <summary>SCTP_SHUTDOWN_ACK_SENT.</summary>
    ShutdownAckSent,
}
