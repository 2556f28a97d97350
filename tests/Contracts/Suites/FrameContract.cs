using System.Buffers;
using System.Buffers.Binary;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Framing;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>Frames with a 4-byte length before them: LPC's MUD mode.</summary>
public abstract class FrameContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    private const int MaxFrame = 70_000;

    [Fact]
    public async Task Frames_of_any_size_arrive_whole_however_they_are_cut()
    {
        var random = Seeded();
        var pair = await Connected(server: Options with { ReceiveBuffer = 1000 });
        var frames = Enumerable.Range(0, 60).Select(i => Bytes(random, i == 0 ? MaxFrame : random.Next(1, 5000)))
            .ToArray();
        var stream = frames.SelectMany(Framed).ToArray();
        var writing = Task.Run(async () =>
        {
            for (var left = stream.AsMemory(); !left.IsEmpty;)
            {
                var piece = left[..Math.Min(left.Length, random.Next(1, 3000))];
                left = left[piece.Length..];
                await pair.Near.Output.WriteAsync(piece);
            }

            await pair.Near.Output.CompleteAsync();
        });
        var reader = new FrameReader(pair.Far, MaxFrame);
        foreach (var frame in frames) Assert.Equal(frame, await Next(reader));
        Assert.Null(await reader.ReadAsync().Soon());
        await writing.Soon();
    }

    [Fact]
    public async Task What_a_writer_writes_a_reader_reads()
    {
        var pair = await Connected();
        var (writer, reader) = (new FrameWriter(pair.Near, MaxFrame), new FrameReader(pair.Far, MaxFrame));
        await writer.WriteAsync("one"u8.ToArray()).Soon();
        writer.Write(new ReadOnlySequence<byte>("two"u8.ToArray()));
        writer.Write(new ReadOnlySequence<byte>("three"u8.ToArray()));
        await pair.Near.Output.FlushAsync().Soon();
        Assert.Equal("one"u8.ToArray(), await Next(reader));
        Assert.Equal("two"u8.ToArray(), await Next(reader));
        Assert.Equal("three"u8.ToArray(), await Next(reader));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(MaxFrame + 1)]
    [InlineData(int.MaxValue)]
    public async Task A_length_that_cannot_be_closes_the_connection_for_that_cause(int length)
    {
        var pair = await Connected();
        await pair.Far.Output.WriteAsync("before"u8.ToArray()).Soon();
        var reader = new FrameReader(pair.Far, MaxFrame);
        await pair.Near.Output.WriteAsync(Framed("good"u8.ToArray())).Soon();
        await pair.Near.Output.WriteAsync(Header(length)).Soon();
        Assert.Equal("good"u8.ToArray(), await Next(reader));
        Assert.Equal(ResultCode.EEBADDATA, await CodeOf(() => reader.ReadAsync().AsTask()));
        Assert.Equal(ResultCode.EEBADDATA, await CodeOf(() => reader.ReadAsync().AsTask()));

        // What was accepted before still arrives: it is a close and no abort.
        Assert.Equal("before"u8.ToArray(), await pair.Near.Input.TakeAll());
        pair.Client.Close();
        Assert.Equal(ResultCode.EEBADDATA, (await pair.Server.Completion.Soon()).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task An_end_inside_a_frame_is_no_frame(int sent)
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync(Framed("whole frame"u8.ToArray()).AsMemory(0, sent)).Soon();
        await pair.Near.Output.CompleteAsync();
        Assert.Equal(
            ResultCode.EEBADDATA, await CodeOf(() => new FrameReader(pair.Far, MaxFrame).ReadAsync().AsTask()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public async Task A_frame_that_is_cut_in_the_middle_survives_a_handoff(int sent)
    {
        var pair = await Connected();
        var bytes = Framed("whole frame"u8.ToArray());
        await pair.Near.Output.WriteAsync(bytes.AsMemory(0, sent)).Soon();
        var read = new FrameReader(pair.Far, MaxFrame).ReadAsync().AsTask();
        await Patience.Until(() => pair.Server.Status.Unread == sent);
        await Patience.Until(() => pair.Server.Offer(None).IsSuccess); // the reader has looked at it, and waits on
        var next = new FrameReader(pair.Server.Lease(2), MaxFrame);
        Assert.Equal(ResultCode.EESECURITY, await CodeOf(() => read));
        await pair.Near.Output.WriteAsync(bytes.AsMemory(sent)).Soon();
        Assert.Equal("whole frame"u8.ToArray(), await Next(next));
    }

    [Fact]
    public async Task A_frame_that_was_put_back_is_read_by_the_next_owner()
    {
        var pair = await Connected();
        await new FrameWriter(pair.Near, MaxFrame).WriteAsync("login"u8.ToArray()).Soon();
        var reader = new FrameReader(pair.Far, MaxFrame);
        Assert.NotNull(await reader.ReadAsync().Soon());
        Assert.Equal(ResultCode.EEBUSY, pair.Server.Offer(None).Code);
        reader.PutBack();
        Assert.True(pair.Server.Offer(None).IsSuccess);
        Assert.Equal("login"u8.ToArray(), await Next(new FrameReader(pair.Server.Lease(2), MaxFrame)));
    }

    [Fact]
    public async Task A_frame_is_consumed_and_its_answer_accepted_in_one_step()
    {
        var pair = await Connected();
        await new FrameWriter(pair.Near, MaxFrame).WriteAsync("ask"u8.ToArray()).Soon();
        var reader = new FrameReader(pair.Far, MaxFrame);
        Assert.NotNull(await reader.ReadAsync().Soon());
        new FrameWriter(pair.Far, MaxFrame).Write(new ReadOnlySequence<byte>("answer"u8.ToArray()));
        await pair.Far.CommitAsync(reader.End, reader.End).Soon();
        Assert.Equal((7, 10), (pair.Far.ConsumedPosition, pair.Far.WrittenPosition));
        Assert.Equal("answer"u8.ToArray(), await Next(new FrameReader(pair.Near, MaxFrame)));
    }

    [Fact]
    public async Task A_frame_that_the_peer_would_close_for_is_not_written()
    {
        var pair = await Connected();
        var writer = new FrameWriter(pair.Near, maxFrame: 10);
        Assert.Equal(ResultCode.EEBADDATA, await CodeOf(() => writer.WriteAsync(default).AsTask()));
        Assert.Equal(ResultCode.EEMSGSIZE, await CodeOf(() => writer.WriteAsync(new byte[11]).AsTask()));
        Assert.Equal(0, pair.Near.Output.UnflushedBytes);
        await writer.WriteAsync(new byte[10]).Soon();
        Assert.Equal(14, pair.Near.WrittenPosition);
    }

    [Fact]
    public async Task Garbage_is_frames_or_a_code_and_never_anything_else()
    {
        var random = Seeded();
        for (var i = 0; i < 300; i++)
        {
            var pair = await Connected();
            var garbage = Bytes(random, random.Next(0, 3000));

            // Small lengths now and then, so that some of it is frames.
            for (var at = 0; at + 4 <= garbage.Length; at += random.Next(4, 200))
                BinaryPrimitives.WriteInt32BigEndian(garbage.AsSpan(at), random.Next(-2, 300));
            await pair.Near.Output.WriteAsync(garbage).Soon();
            await pair.Near.Output.CompleteAsync();
            Assert.Equal(Expected(garbage, most: 250), await Read(pair.Far, most: 250));
            pair.Client.Abort(SocketResult.Of(ResultCode.EEABORTED));
            await pair.Server.DisposeAsync().AsTask().Soon();
        }
    }

    // What a frame at a time makes of it, written in another way: how many, and whether it ended well.
    private static (int Frames, bool EndedWell) Expected(byte[] bytes, int most)
    {
        var (at, frames) = (0, 0);
        while (true)
        {
            if (at == bytes.Length) return (frames, true);
            if (bytes.Length - at < 4) return (frames, false);
            var size = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
            if (size < 1 || size > most || size > bytes.Length - at - 4) return (frames, false);
            at += 4 + size;
            frames++;
        }
    }

    private static async Task<(int Frames, bool EndedWell)> Read(SocketLease lease, int most)
    {
        var reader = new FrameReader(lease, most);
        var frames = 0;
        try
        {
            while (await reader.ReadAsync().Soon() is not null)
            {
                frames++;
                reader.Advance();
            }

            return (frames, true);
        }
        catch (SocketFailedException failure) when (failure.Code is ResultCode.EEBADDATA)
        {
            return (frames, false);
        }
    }

    private static async Task<byte[]> Next(FrameReader reader)
    {
        var frame = await reader.ReadAsync().Soon();
        Assert.NotNull(frame);
        var bytes = frame.Value.ToArray();
        reader.Advance();
        return bytes;
    }

    private static byte[] Framed(byte[] frame) => [.. Header(frame.Length), .. frame];

    private static byte[] Header(int length)
    {
        var header = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(header, length);
        return header;
    }
}
