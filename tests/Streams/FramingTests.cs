using System.Buffers;
using Handoff.Streams.Framing;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Streams.Tests;

public sealed class FramingTests(ITestOutputHelper output) : StreamTestKit(output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public async Task Lines_come_whole_however_they_are_cut(int piece)
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket, new() { Framing = SocketFraming.Delimiter("\r\n"u8, 10) });
        var sending = SendByAsync(peer, "one\r\n\r\nt\rwo\r\n0123456789\r\n", piece);
        foreach (var line in (string[])["one", "", "t\rwo", "0123456789"])
            Assert.Equal(line, Text(await NextAsync(stream.Output)));
        await sending;
        peer.FinishSending();
        await CompletedAsync(stream.Output);
    }

    [Theory]
    [InlineData(1, "\u0003abc\u0000\u0001x")]
    [InlineData(2, "\u0000\u0003abc\u0000\u0000\u0000\u0001x")]
    [InlineData(4, "\u0000\u0000\u0000\u0003abc\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001x")]
    public async Task Frames_come_whole_behind_their_lengths(int size, string sent)
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket, new() { Framing = SocketFraming.LengthField(size, 3) });
        await SendByAsync(peer, sent, 3);
        foreach (var frame in (string[])["abc", "", "x"]) Assert.Equal(frame, Text(await NextAsync(stream.Output)));
    }

    [Fact]
    public Task A_line_over_the_bound_fails_the_stream_and_resets_the_peer() =>
        IsBadAsync(SocketFraming.Delimiter("\n"u8, 10), "0123456789a\n", "no delimiter in 10 bytes");

    [Fact]
    public Task A_line_without_an_end_fails_the_stream_at_the_bound() =>
        IsBadAsync(SocketFraming.Delimiter("\n"u8, 10), "0123456789a", "no delimiter in 10 bytes");

    [Fact]
    public Task A_length_over_the_bound_fails_the_stream_before_the_frame_is_there() => IsBadAsync(
        SocketFraming.LengthField(4, 1000), "\u0000\u0000\u0003\u00e9", "a frame of 1001 bytes; it may have 1000");

    [Fact]
    public Task A_framing_of_ones_own_is_held_to_its_bound() =>
        IsBadAsync(new TooLong(), "0123456789", "a frame of 10 bytes; it may have 5");

    [Fact]
    public async Task An_end_inside_a_frame_fails_the_stream()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket, new() { Framing = SocketFraming.Delimiter("\n"u8, 100) });
        await peer.SendAsync("one\nhalf");
        peer.FinishSending();
        Assert.Equal("one", Text(await NextAsync(stream.Output)));
        var failure = await Assert.ThrowsAsync<SocketFailedException>(stream.Output.PullAsync);
        Assert.Equal(ResultCode.EEBADDATA, failure.Code);
        Assert.Contains("after 4 bytes", failure.Message);
    }

    [Fact]
    public async Task An_end_inside_a_frame_is_one_more_frame_where_that_is_allowed()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var framing = SocketFraming.Delimiter("\n"u8, 100, allowsTruncation: true);
        var stream = Open(socket, new() { Framing = framing });
        await peer.SendAsync("one\nhalf");
        peer.FinishSending();
        Assert.Equal("one", Text(await NextAsync(stream.Output)));
        Assert.Equal("half", Text(await NextAsync(stream.Output)));
        await CompletedAsync(stream.Output);
    }

    [Fact]
    public Task A_framing_of_ones_own_that_finds_nothing_is_held_to_its_bound() =>
        IsBadAsync(new TooLong(), new string('0', 5 + 64 + 1), "no frame in 70 bytes");

    [Fact]
    public async Task A_last_part_of_a_frame_is_held_to_the_bound_too()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var framing = SocketFraming.Delimiter("\r\n"u8, 5, allowsTruncation: true);
        var stream = Open(socket, new() { Framing = framing });
        await peer.SendAsync("012345");
        peer.FinishSending();
        var failure = await Assert.ThrowsAsync<SocketFailedException>(stream.Output.PullAsync);
        Assert.Equal("a frame of 6 bytes; it may have 5", failure.Result.Reason);
    }

    [Fact]
    public async Task A_frame_may_be_longer_than_what_may_wait_to_be_read()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket, new() { Framing = SocketFraming.LengthField(4, 1_000_000) });
        var frame = new byte[4 + 1_000_000];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame, 1_000_000);
        Random.Shared.NextBytes(frame.AsSpan(4));
        var sending = peer.SendAsync(frame);
        Assert.Equal(frame[4..], (await NextAsync(stream.Output)).ToArray());
        await sending;
    }

    [Fact]
    public void A_framing_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SocketFraming.Delimiter([], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => SocketFraming.Delimiter("\n"u8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SocketFraming.LengthField(3, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => SocketFraming.LengthField(4, 0));
    }

    private static async Task SendByAsync(TestPeer peer, string text, int piece)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(text).AsMemory();
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(piece, bytes.Length)..])
            await peer.SendAsync(bytes[..Math.Min(piece, bytes.Length)]);
    }

    private async Task IsBadAsync(SocketFraming framing, string sent, string why)
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket, new() { Framing = framing });
        await peer.SendAsync(System.Text.Encoding.Latin1.GetBytes(sent));
        var failure = await Assert.ThrowsAsync<SocketFailedException>(stream.Output.PullAsync);
        Assert.Equal((ResultCode.EEBADDATA, why), (failure.Code, failure.Result.Reason));
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(peer.ReceiveToEndAsync);
    }

    private sealed class TooLong : SocketFraming
    {
        public override int MaxFrame => 5;

        public override bool TryFind(
            in ReadOnlySequence<byte> unread, out ReadOnlySequence<byte> frame, out SequencePosition end)
        {
            (frame, end) = (unread, unread.End);
            return unread.Length == 10;
        }
    }
}
