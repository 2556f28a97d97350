using System.Buffers;
using System.Buffers.Binary;

namespace Handoff.Transport.Sockets.AcceptFilters;

internal sealed class ClientHelloFilter : IAcceptFilter
{
    private const int RecordHeader = 5;
    private const int MostInARecord = 1 << 14;
    private const int HandshakeHeader = 4;
    private const byte Handshake = 22;
    private const byte Hello = 1;
    private const byte Major = 3;

    public string Name => "client-hello";

    public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment)
    {
        var records = new SequenceReader<byte>(bytes);
        Span<byte> record = stackalloc byte[RecordHeader];
        Span<byte> message = stackalloc byte[HandshakeHeader];
        var known = 0;
        var come = 0L;
        while (records.TryCopyTo(record))
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(record[3..]);
            if (record[0] != Handshake || record[1] != Major || length is 0 or > MostInARecord)
                return AcceptVerdict.Accept;
            records.Advance(RecordHeader);
            if (records.Remaining < length) return AcceptVerdict.NeedMore;

            // The header of the message may itself be cut in two.
            var part = message[known..Math.Min(HandshakeHeader, known + length)];
            records.TryCopyTo(part);
            known += part.Length;
            come += length;
            records.Advance(length);
            if (message[0] != Hello || (known == HandshakeHeader && come >= LengthOf(message)))
                return AcceptVerdict.Accept;
        }

        return AcceptVerdict.NeedMore;
    }

    private static int LengthOf(ReadOnlySpan<byte> message) =>
        HandshakeHeader + (int)(BinaryPrimitives.ReadUInt32BigEndian(message) & 0xFFFFFF);
}
