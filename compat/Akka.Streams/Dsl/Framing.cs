using Akka.IO;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

public static class Framing
{
    private const int SimpleHeader = 4;

    public static Flow<ByteString, ByteString, NotUsed> Delimiter(
        ByteString delimiter, int maximumFrameLength, bool allowTruncation = false) =>
        Flow.FromGraph(new DelimiterFraming(delimiter, maximumFrameLength, allowTruncation)).Named("DelimiterFraming");

    public static Flow<ByteString, ByteString, NotUsed> LengthField(
        int fieldLength,
        int maximumFramelength,
        int fieldOffset = 0,
        ByteOrder byteOrder = ByteOrder.LittleEndian) =>
        LengthFraming(fieldLength, fieldOffset, maximumFramelength, byteOrder, null);

    public static Flow<ByteString, ByteString, NotUsed> LengthField(
        int fieldLength,
        int fieldOffset,
        int maximumFrameLength,
        ByteOrder byteOrder,
        Func<IReadOnlyList<byte>, int, int> computeFrameSize) =>
        LengthFraming(fieldLength, fieldOffset, maximumFrameLength, byteOrder, computeFrameSize);

    // Each message goes behind four bytes, big endian, that say its length.
    public static BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> SimpleFramingProtocol(
        int maximumMessageLength) => BidiFlow.FromFlowsMat(
            SimpleFramingProtocolEncoder(maximumMessageLength),
            SimpleFramingProtocolDecoder(maximumMessageLength),
            Keep.Left);

    public static Flow<ByteString, ByteString, NotUsed> SimpleFramingProtocolDecoder(int maximumMessageLength) =>
        LengthField(SimpleHeader, maximumMessageLength + SimpleHeader, 0, ByteOrder.BigEndian)
            .Select(frame => frame.Slice(SimpleHeader));

    public static Flow<ByteString, ByteString, NotUsed> SimpleFramingProtocolEncoder(int maximumMessageLength) =>
        Flow.FromFunction<ByteString, ByteString>(message => message.Count <= maximumMessageLength
            ? BigEndian.Bytes(message.Count) + message
            : throw new FramingException(
                $"Maximum allowed message size is {maximumMessageLength} but tried to send {message.Count} bytes"));

    private static Flow<ByteString, ByteString, NotUsed> LengthFraming(
        int fieldLength,
        int fieldOffset,
        int maximumFrameLength,
        ByteOrder byteOrder,
        Func<IReadOnlyList<byte>, int, int> computeFrameSize)
    {
        if (fieldLength is < 1 or > 4)
            throw new ArgumentException("Length field length must be 1, 2, 3 or 4", nameof(fieldLength));
        return Flow.FromGraph(new LengthFieldFraming(
            fieldLength, fieldOffset, maximumFrameLength, byteOrder, computeFrameSize)).Named("LengthFieldFraming");
    }

    public class FramingException : Exception
    {
        public FramingException(string message)
            : base(message)
        {
        }
    }
}
