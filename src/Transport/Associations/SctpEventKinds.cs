namespace Handoff.Transport.Associations;

/// <summary>
/// Events that are told only to who wants them (SCTP_EVENT: RFC 6458, 6.2.2). Those of an association's life
/// (<see cref="SctpUp"/>, <see cref="SctpRestarted"/>, <see cref="SctpShutdownComplete"/>, <see cref="SctpLost"/>,
/// <see cref="SctpCannotStart"/>) are always told.
/// </summary>
[Flags]
public enum SctpEventKinds
{
    /// <summary>No others.</summary>
    None = 0,

    /// <summary><see cref="SctpPeerShutdown"/>.</summary>
    PeerShutdown = 1,

    /// <summary><see cref="SctpAddressChanged"/>.</summary>
    AddressChanged = 1 << 1,

    /// <summary><see cref="SctpSendFailed"/>.</summary>
    SendFailed = 1 << 2,

    /// <summary><see cref="SctpPartialDeliveryAborted"/>.</summary>
    PartialDeliveryAborted = 1 << 3,

    /// <summary><see cref="SctpAdaptation"/>.</summary>
    Adaptation = 1 << 4,

    /// <summary><see cref="SctpSenderDry"/>.</summary>
    SenderDry = 1 << 5,

    /// <summary><see cref="SctpRemoteError"/>.</summary>
    RemoteError = 1 << 6,

    /// <summary>All of them.</summary>
    All = (1 << 7) - 1,
}
