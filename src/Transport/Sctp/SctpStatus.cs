using System.Net;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Sctp;

/// <summary>The state of an association at one moment (<c>struct sctp_status</c>: RFC 6458, 8.2.1).</summary>
/// <param name="Association">The association.</param>
/// <param name="State">Its state.</param>
/// <param name="PeerWindow">Bytes that the peer has room for.</param>
/// <param name="Unacknowledged">Chunks that were sent and not acknowledged.</param>
/// <param name="Pending">Chunks that arrived and are not received, as the stack counts them.</param>
/// <param name="InboundStreams">Streams from the peer.</param>
/// <param name="OutboundStreams">Streams to the peer.</param>
/// <param name="FragmentationPoint">Bytes of the largest piece that a message is cut into.</param>
/// <param name="Primary">Where messages go to; null where that is not known.</param>
public sealed record SctpStatus(
    SctpAssociationId Association,
    SctpState State,
    uint PeerWindow,
    int Unacknowledged,
    int Pending,
    ushort InboundStreams,
    ushort OutboundStreams,
    uint FragmentationPoint,
    IPEndPoint? Primary);
