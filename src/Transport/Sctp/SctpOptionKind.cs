namespace Handoff.Transport.Sctp;

/// <summary>Options of an SCTP socket or association. Source: RFC 6458, 8.1; RFC 6951 for the port.</summary>
public enum SctpOptionKind
{
    /// <summary>SCTP_NODELAY: small messages go out at once.</summary>
    NoDelay,

    /// <summary>
    /// SCTP_AUTOCLOSE, in seconds, 0 for never: an association of a one-to-many socket that is idle for so long is
    /// shut down. Its id may then be used again, so that a send by it may reach another peer: who sets this sends by
    /// no id whose last event was told. One-to-many only.
    /// </summary>
    AutoClose,

    /// <summary>SCTP_MAXSEG, in bytes: the most that a message is cut into; 0 leaves it to the stack.</summary>
    MaxSegment,

    /// <summary>SCTP_DISABLE_FRAGMENTS: what does not fit into one piece is refused.</summary>
    DisableFragments,

    /// <summary>
    /// SCTP_FRAGMENT_INTERLEAVE, 0 to 2. With 0 a message that is delivered in parts holds up all other associations
    /// of the socket.
    /// </summary>
    FragmentInterleave,

    /// <summary>SCTP_PARTIAL_DELIVERY_POINT, in bytes: from where on a message is delivered in parts.</summary>
    PartialDeliveryPoint,

    /// <summary>SCTP_RTOINFO, srto_initial, in milliseconds.</summary>
    InitialRetransmissionTime,

    /// <summary>SCTP_RTOINFO, srto_min, in milliseconds.</summary>
    MinRetransmissionTime,

    /// <summary>SCTP_RTOINFO, srto_max, in milliseconds.</summary>
    MaxRetransmissionTime,

    /// <summary>SCTP_ASSOCINFO, sasoc_asocmaxrxt: retransmissions until the peer is taken for lost.</summary>
    MaxRetransmissions,

    /// <summary>SCTP_PEER_ADDR_PARAMS, spp_pathmaxrxt: retransmissions until an address is unreachable.</summary>
    MaxPathRetransmissions,

    /// <summary>SCTP_PEER_ADDR_PARAMS, spp_hbinterval, in milliseconds; 0 for no heartbeats.</summary>
    HeartbeatInterval,

    /// <summary>SCTP_INITMSG, sinit_num_ostreams: streams that are asked for; 1 to 65535.</summary>
    OutboundStreams,

    /// <summary>SCTP_INITMSG, sinit_max_instreams: streams that a peer may ask for; 1 to 65535.</summary>
    MaxInboundStreams,

    /// <summary>SCTP_INITMSG, sinit_max_attempts: how often an association is tried.</summary>
    MaxInitAttempts,

    /// <summary>SCTP_INITMSG, sinit_max_init_timeo, in milliseconds: the longest wait between two tries.</summary>
    MaxInitTimeout,

    /// <summary>SCTP_ADAPTATION_LAYER: the number that peers of associations to come are told.</summary>
    Adaptation,

    /// <summary>SCTP_CONTEXT: the number that each received message then has.</summary>
    Context,

    /// <summary>SCTP_MAX_BURST, in packets.</summary>
    MaxBurst,

    /// <summary>SCTP_DELAYED_SACK, sack_delay, in milliseconds.</summary>
    DelayedAcknowledgement,

    /// <summary>
    /// SCTP_REMOTE_UDP_ENCAPS_PORT: the peer's UDP port; 0 for no encapsulation, where the back end can do without.
    /// </summary>
    EncapsulationPort,
}
