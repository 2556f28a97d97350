using Handoff.Transport.Associations;

namespace Handoff.Transport.Sctp;

/// <summary>
/// What is known of the message that would be received next (<c>struct sctp_nxtinfo</c>: RFC 6458, 5.3.6).
/// </summary>
/// <param name="Association">The association that brought it.</param>
/// <param name="Stream">The stream, from 0.</param>
/// <param name="PayloadProtocol">What the sender says that it is.</param>
/// <param name="Length">Bytes of it that are there.</param>
/// <param name="IsUnordered">Whether it was sent out of the order of its stream.</param>
/// <param name="IsComplete">Whether all of it is there.</param>
/// <param name="IsEvent">Whether it is an event and no message.</param>
public readonly record struct SctpNextInfo(
    SctpAssociationId Association,
    ushort Stream,
    uint PayloadProtocol,
    int Length,
    bool IsUnordered,
    bool IsComplete,
    bool IsEvent);
