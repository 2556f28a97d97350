using System.Buffers;
using System.Text;
using Handoff.AspNetCore.Ports;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.AspNetCore.Tests;

public sealed class FirstBytesTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", "Http1", 4)]
    [InlineData("HEAD / HTTP/1.1\r\n", "Http1", 5)]
    [InlineData("POST / HTTP/1.1\r\n", "Http1", 5)]
    [InlineData("PUT / HTTP/1.1\r\n", "Http1", 4)]
    [InlineData("DELETE / HTTP/1.1\r\n", "Http1", 7)]
    [InlineData("CONNECT a:1 HTTP/1.1\r\n", "Http1", 8)]
    [InlineData("OPTIONS * HTTP/1.1\r\n", "Http1", 8)]
    [InlineData("TRACE / HTTP/1.1\r\n", "Http1", 6)]
    [InlineData("PATCH / HTTP/1.1\r\n", "Http1", 6)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "Http2", 14)]
    [InlineData("\u0016\u0003\u0001\u0002\u0000", "Tls", 2)]
    [InlineData("hello\n", "Other", 1)]
    [InlineData("get / http/1.1\r\n", "Other", 1)]
    [InlineData("GETTING\n", "Other", 4)]
    [InlineData("PRIVATE\n", "Other", 4)]
    [InlineData("PRI * HTTP/3.0", "Other", 12)]
    [InlineData("\u0016\u0002", "Other", 2)]
    public void They_tell_as_soon_as_they_can_and_never_change_their_mind(string text, string speech, int enough)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var expected = length < enough ? Speech.Unknown : Enum.Parse<Speech>(speech);
            Assert.Equal(expected, FirstBytes.Look(new ReadOnlySequence<byte>(bytes, 0, length)));
            Assert.Equal(expected, FirstBytes.Look(InPieces(bytes[..length])));
        }
    }

    [Fact]
    public void The_filter_waits_for_nobody_who_has_finished_and_drops_who_sent_nothing()
    {
        var some = new ReadOnlySequence<byte>([.. "GE"u8]);
        Assert.Equal(AcceptVerdict.NeedMore, OnePort.Filter.Look(some, AcceptMoment.Arriving));
        Assert.Equal(AcceptVerdict.NeedMore, OnePort.Filter.Look(some, AcceptMoment.Full));
        Assert.Equal(AcceptVerdict.Accept, OnePort.Filter.Look(some, AcceptMoment.Finished));
        Assert.Equal(AcceptVerdict.NeedMore, OnePort.Filter.Look(default, AcceptMoment.Finished));
    }

    // One byte each.
    private static ReadOnlySequence<byte> InPieces(byte[] bytes)
    {
        Piece? first = null;
        Piece? last = null;
        foreach (var one in bytes)
        {
            last = last is null ? first = new Piece(one) : last.Then(one);
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, 1);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte one) => Memory = new[] { one };

        public Piece Then(byte one)
        {
            var next = new Piece(one) { RunningIndex = RunningIndex + 1 };
            Next = next;
            return next;
        }
    }
}
