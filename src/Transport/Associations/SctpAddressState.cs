namespace Handoff.Transport.Associations;

/// <summary>What became of an address of a peer. Source: RFC 6458, 6.1.2.</summary>
public enum SctpAddressState
{
    /// <summary>SCTP_ADDR_AVAILABLE: it can be reached.</summary>
    Available,

    /// <summary>SCTP_ADDR_UNREACHABLE: it cannot be reached.</summary>
    Unreachable,

    /// <summary>SCTP_ADDR_REMOVED: it is not the peer's any more.</summary>
    Removed,

    /// <summary>SCTP_ADDR_ADDED: it is a new one of the peer's.</summary>
    Added,

    /// <summary>SCTP_ADDR_MADE_PRIM: it is where messages go to now.</summary>
    MadePrimary,

    /// <summary>SCTP_ADDR_CONFIRMED: it was found to be the peer's.</summary>
    Confirmed,
}
