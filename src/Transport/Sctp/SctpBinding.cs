namespace Handoff.Transport.Sctp;

/// <summary>What is done with local addresses. Source: <c>sctp_bindx</c> of RFC 6458, 9.1.</summary>
public enum SctpBinding
{
    /// <summary>SCTP_BINDX_ADD_ADDR.</summary>
    Add,

    /// <summary>SCTP_BINDX_REM_ADDR.</summary>
    Remove,
}
