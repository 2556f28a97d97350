namespace Handoff.Transport.Associations;

/// <summary>What a message does beyond being sent. Source: RFC 6458, 5.3.4.</summary>
[Flags]
public enum SctpSendFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>SCTP_UNORDERED: it need not wait for earlier ones of its stream.</summary>
    Unordered = 1,

    /// <summary>SCTP_ADDR_OVER: to the address that is named, and not to the primary one.</summary>
    AddressOverride = 1 << 1,

    /// <summary>SCTP_ABORT: ends the association at once; the message, which may be empty, is the reason.</summary>
    Abort = 1 << 2,

    /// <summary>SCTP_EOF: shuts the association down after what was sent; without bytes.</summary>
    EndAssociation = 1 << 3,
}
