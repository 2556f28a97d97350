namespace Handoff.Transport.Associations;

/// <summary>What is known of a received message (<c>struct sctp_rcvinfo</c>: RFC 6458, 5.3.5).</summary>
/// <param name="Association">The association that brought it.</param>
/// <param name="Stream">The stream, from 0.</param>
/// <param name="StreamSequence">Its number in the stream; of no meaning if it is unordered.</param>
/// <param name="PayloadProtocol">What the sender says that it is (ppid); 0 where it says nothing.</param>
/// <param name="TransmissionSequence">The transmission sequence number of (one of) its chunks.</param>
/// <param name="CumulativeSequence">Of an unordered message: the cumulative number at its time; else 0.</param>
/// <param name="Context">What <see cref="Sctp.SctpOptionKind.Context"/> was set to.</param>
/// <param name="IsUnordered">Whether it was sent out of the order of its stream.</param>
public readonly record struct SctpReceiveInfo(
    SctpAssociationId Association,
    ushort Stream,
    ushort StreamSequence,
    uint PayloadProtocol,
    uint TransmissionSequence,
    uint CumulativeSequence,
    uint Context,
    bool IsUnordered);
