using System.Net;

namespace Handoff.Transport.Associations;

/// <summary>What the stack tells of an association (notifications: RFC 6458, 6.1).</summary>
/// <param name="Association">The association.</param>
public abstract record SctpEvent(SctpAssociationId Association);

/// <summary>It is up (SCTP_COMM_UP): its first event.</summary>
/// <param name="Association">The association.</param>
/// <param name="OutboundStreams">Streams to the peer.</param>
/// <param name="InboundStreams">Streams from the peer.</param>
public sealed record SctpUp(SctpAssociationId Association, ushort OutboundStreams, ushort InboundStreams)
    : SctpEvent(Association);

/// <summary>Its peer began anew (SCTP_RESTART): it goes on, what was under way may be lost.</summary>
/// <param name="Association">The association.</param>
/// <param name="OutboundStreams">Streams to the peer.</param>
/// <param name="InboundStreams">Streams from the peer.</param>
public sealed record SctpRestarted(SctpAssociationId Association, ushort OutboundStreams, ushort InboundStreams)
    : SctpEvent(Association);

/// <summary>It was shut down, by either side, and all was delivered (SCTP_SHUTDOWN_COMP): its last event.</summary>
/// <param name="Association">The association.</param>
public sealed record SctpShutdownComplete(SctpAssociationId Association) : SctpEvent(Association);

/// <summary>It has failed (SCTP_COMM_LOST): its last event.</summary>
/// <param name="Association">The association.</param>
/// <param name="Code">
/// <see cref="ResultCode.EERESET"/> (the peer aborted it), <see cref="ResultCode.EEABORTED"/> (this side did), or
/// <see cref="ResultCode.EETIMEDOUT"/> (the peer does not answer).
/// </param>
/// <param name="Cause">The error cause of the peer's abort (RFC 9260, 3.3.10); 0 where there is none.</param>
public sealed record SctpLost(SctpAssociationId Association, ResultCode Code, ushort Cause)
    : SctpEvent(Association);

/// <summary>It did not come up (SCTP_CANT_STR_ASSOC): its only event.</summary>
/// <param name="Association">
/// The association, as the call that began it told; default where a send began it and the stack does not number it
/// before it is up.
/// </param>
/// <param name="Code">
/// <see cref="ResultCode.EECONNREFUSED"/>, <see cref="ResultCode.EETIMEDOUT"/> (no answer), or <see
/// cref="ResultCode.EEABORTED"/> (this side gave it up).
/// </param>
public sealed record SctpCannotStart(SctpAssociationId Association, ResultCode Code) : SctpEvent(Association);

/// <summary>
/// The peer sends no more (SCTP_SHUTDOWN_EVENT): nothing can be sent any more, what was sent is still delivered.
/// </summary>
/// <param name="Association">The association.</param>
public sealed record SctpPeerShutdown(SctpAssociationId Association) : SctpEvent(Association);

/// <summary>Something became of an address of the peer (SCTP_PEER_ADDR_CHANGE).</summary>
/// <param name="Association">The association.</param>
/// <param name="Address">The address.</param>
/// <param name="State">What.</param>
public sealed record SctpAddressChanged(
    SctpAssociationId Association, IPEndPoint Address, SctpAddressState State) : SctpEvent(Association);

/// <summary>A message, or a part of one, was given up (SCTP_SEND_FAILED_EVENT).</summary>
/// <param name="Association">The association.</param>
/// <param name="WasSent">Whether some of it was on its way: the peer may have it.</param>
/// <param name="Error">The stack's own number of the reason.</param>
/// <param name="Info">How it was to be sent.</param>
/// <param name="Message">The bytes that were given up, as far as the stack tells them.</param>
public sealed record SctpSendFailed(
    SctpAssociationId Association, bool WasSent, uint Error, SctpSendInfo Info, ReadOnlyMemory<byte> Message)
    : SctpEvent(Association);

/// <summary>
/// Of a message that came in parts no more will come (SCTP_PARTIAL_DELIVERY_EVENT): drop what has come.
/// </summary>
/// <param name="Association">The association.</param>
/// <param name="Stream">The stream of the message.</param>
public sealed record SctpPartialDeliveryAborted(SctpAssociationId Association, ushort Stream)
    : SctpEvent(Association);

/// <summary>The number that the peer gave of itself (SCTP_ADAPTATION_INDICATION).</summary>
/// <param name="Association">The association.</param>
/// <param name="Indication">The number.</param>
public sealed record SctpAdaptation(SctpAssociationId Association, uint Indication) : SctpEvent(Association);

/// <summary>All that was sent has arrived (SCTP_SENDER_DRY_EVENT).</summary>
/// <param name="Association">The association.</param>
public sealed record SctpSenderDry(SctpAssociationId Association) : SctpEvent(Association);

/// <summary>The peer reports an error of this side (SCTP_REMOTE_ERROR).</summary>
/// <param name="Association">The association.</param>
/// <param name="Cause">The error cause (RFC 9260, 3.3.10).</param>
public sealed record SctpRemoteError(SctpAssociationId Association, ushort Cause) : SctpEvent(Association);
