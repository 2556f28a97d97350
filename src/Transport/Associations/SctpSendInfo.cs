namespace Handoff.Transport.Associations;

/// <summary>
/// How a message is to be sent (<c>struct sctp_sndinfo</c> and <c>sctp_prinfo</c>: RFC 6458, 5.3.4 and 5.3.7). The
/// default value is: in order, on stream 0, reliably.
/// </summary>
public readonly record struct SctpSendInfo
{
    /// <summary>The association; default where an address says it, or where the socket has only one.</summary>
    public SctpAssociationId Association { get; init; }

    /// <summary>The stream, from 0.</summary>
    public ushort Stream { get; init; }

    /// <summary>What the receiver is told that it is (ppid), as a number; both stacks send it big-endian.</summary>
    public uint PayloadProtocol { get; init; }

    /// <summary>What it does beyond being sent.</summary>
    public SctpSendFlags Flags { get; init; }

    /// <summary>Told again with <see cref="SctpSendFailed"/>.</summary>
    public uint Context { get; init; }

    /// <summary>When the stack may give it up.</summary>
    public SctpReliability Reliability { get; init; }
}
