using Akka.IO;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Handoff.Compat.Tests.Streams;

public sealed class FramingTests : StreamTest
{
    private static readonly ByteString Crlf = ByteString.FromString("\r\n");

    private async Task<string[]> Frames(Flow<ByteString, ByteString, Akka.NotUsed> framing, params string[] chunks) =>
        [.. (await All(Source.From(chunks).Select(ByteString.FromString).Via(framing))).Select(f => f.ToString())];

    private static Source<ByteString, Akka.NotUsed> Bytes(params byte[] bytes) =>
        Source.From(bytes).Select(b => ByteString.FromBytes([b]));

    [Fact]
    public async Task A_delimiter_is_found_wherever_the_chunks_are_cut()
    {
        const string text = "first\r\n\r\nsecond\rx\r\n";
        string[] frames = ["first", "", "second\rx"];
        for (var size = 1; size <= text.Length; size++)
        {
            var chunks = text.Chunk(size).Select(c => new string(c)).ToArray();
            Assert.Equal(frames, await Frames(Framing.Delimiter(Crlf, 100), chunks));
        }
    }

    [Fact]
    public async Task A_frame_may_come_in_thousands_of_pieces()
    {
        var text = new string('x', 20_000);
        var chunks = (text + "\r\n" + text + "\r\n").Select(c => $"{c}").ToArray();

        Assert.Equal([text, text], await Frames(Framing.Delimiter(Crlf, 20_000), chunks));
    }

    [Fact]
    public async Task A_frame_that_is_cut_off_is_a_failure_unless_that_is_allowed()
    {
        Assert.Equal(["a", "b"], await Frames(Framing.Delimiter(Crlf, 100, allowTruncation: true), "a\r\nb"));
        await FailureOf<Framing.FramingException>(Frames(Framing.Delimiter(Crlf, 100), "a\r\nb"));
        Assert.Empty(await Frames(Framing.Delimiter(Crlf, 100)));
    }

    [Fact]
    public async Task A_frame_that_is_too_long_is_a_failure()
    {
        Assert.Equal(["1234"], await Frames(Framing.Delimiter(Crlf, 4), "1234\r\n"));
        await FailureOf<Framing.FramingException>(Frames(Framing.Delimiter(Crlf, 4), "12345\r\n"));
        await FailureOf<Framing.FramingException>(Frames(Framing.Delimiter(Crlf, 4), "123456789"));
    }

    [Theory]
    [InlineData(ByteOrder.LittleEndian, new byte[] { 2, 0, 8, 9, 1, 0, 7 })]
    [InlineData(ByteOrder.BigEndian, new byte[] { 0, 2, 8, 9, 0, 1, 7 })]
    public async Task A_field_of_length_says_how_long_a_frame_is(ByteOrder order, byte[] bytes)
    {
        var frames = await All(Bytes(bytes).Via(Framing.LengthField(2, 100, 0, order)));

        Assert.Equal([bytes[..4], bytes[4..]], frames.Select(f => f.ToArray()));
        Assert.Equal([bytes[..4], bytes[4..]], (await All(Source.Single(ByteString.FromBytes(bytes)).Via(
            Framing.LengthField(2, 100, 0, order)))).Select(f => f.ToArray()));
    }

    [Fact]
    public async Task A_field_of_length_may_lie_behind_others()
    {
        byte[] bytes = [77, 1, 9, 78, 0];
        var frames = await All(Bytes(bytes).Via(Framing.LengthField(1, 100, 1)));

        Assert.Equal([new byte[] { 77, 1, 9 }, [78, 0]], frames.Select(f => f.ToArray()));
    }

    [Fact]
    public async Task The_length_of_a_frame_can_be_computed()
    {
        byte[] bytes = [4, 8, 9, 7, 3, 1, 2];
        var framing = Framing.LengthField(1, 0, 100, ByteOrder.BigEndian, (_, length) => length);

        Assert.Equal([new byte[] { 4, 8, 9, 7 }, [3, 1, 2]],
            (await All(Bytes(bytes).Via(framing))).Select(f => f.ToArray()));
        var tooShort = Framing.LengthField(1, 0, 100, ByteOrder.BigEndian, (_, _) => 0);
        await FailureOf<Framing.FramingException>(All(Bytes(bytes).Via(tooShort)));
    }

    [Fact]
    public async Task A_frame_by_length_is_refused_where_it_is_too_long_or_cut_off()
    {
        await FailureOf<Framing.FramingException>(All(Bytes(9, 1).Via(Framing.LengthField(1, 5))));
        await FailureOf<Framing.FramingException>(All(Bytes(9, 1).Via(Framing.LengthField(1, 50))));
        Assert.ThrowsAny<ArgumentException>(() => Framing.LengthField(5, 50));
    }

    [Fact]
    public async Task The_simple_protocol_writes_a_length_and_reads_it_again()
    {
        var messages = new[] { "one", "", "three" };
        var wire = await All(Source.From(messages).Select(ByteString.FromString)
            .Via(Framing.SimpleFramingProtocolEncoder(10)));
        Assert.Equal([0, 0, 0, 3, (byte)'o', (byte)'n', (byte)'e'], wire[0].ToArray());
        Assert.Equal(messages, (await All(Source.From(wire.SelectMany(w => w)).Select(b => ByteString.FromBytes([b]))
            .Via(Framing.SimpleFramingProtocolDecoder(10)))).Select(f => f.ToString()));

        var loop = Framing.SimpleFramingProtocol(10).Join(Flow.Create<ByteString>());
        Assert.Equal(messages, (await All(Source.From(messages).Select(ByteString.FromString).Via(loop)))
            .Select(f => f.ToString()));
        await FailureOf<Framing.FramingException>(All(Source.Single(ByteString.FromString("too long")).Via(
            Framing.SimpleFramingProtocolEncoder(3))));
        await FailureOf<Framing.FramingException>(All(Source.Single(wire[2]).Via(
            Framing.SimpleFramingProtocolDecoder(3))));
    }
}
