using System.Buffers;
using System.IO.Pipelines;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>The pipes of a lease behave as those of System.IO.Pipelines do, apart from the fence.</summary>
public abstract class PipeContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public async Task What_was_examined_is_not_delivered_again_until_more_comes()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("12"u8.ToArray()).Soon();
        var part = await pair.Far.Input.ReadAtLeastAsync(2).Soon();
        pair.Far.Input.AdvanceTo(part.Buffer.Start, part.Buffer.End);
        Assert.False(pair.Far.Input.TryRead(out _));
        var more = pair.Far.Input.ReadAsync().AsTask();
        Assert.True(await more.IsStuck());
        await pair.Near.Output.WriteAsync("3"u8.ToArray()).Soon();
        Assert.Equal("123"u8.ToArray(), (await more.Soon()).Buffer.ToArray());
    }

    [Fact]
    public async Task More_than_the_receive_buffer_can_be_asked_for_at_once()
    {
        var pair = await Connected(server: Options with { ReceiveBuffer = 10_000 });
        var writing = pair.Near.Output.WriteAsync(Pattern(500_000)).AsTask();
        Assert.Equal(Pattern(500_000), await pair.Far.Input.Take(500_000));
        await writing.Soon();
    }

    [Fact]
    public async Task Copying_to_a_stream_ends_at_the_fin()
    {
        var pair = await Connected();
        var copy = new MemoryStream();
        var copying = pair.Far.Input.CopyToAsync(copy);
        await pair.Near.Output.WriteAsync(Pattern(200_000)).Soon();
        await pair.Near.Output.CompleteAsync();
        await copying.Soon();
        Assert.Equal(Pattern(200_000), copy.ToArray());
    }

    [Fact]
    public async Task The_pipes_serve_as_streams()
    {
        var pair = await Connected();
        await using var writer = new StreamWriter(pair.Near.Output.AsStream(leaveOpen: true));
        using var reader = new StreamReader(pair.Far.Input.AsStream(leaveOpen: true));
        await writer.WriteLineAsync("a line");
        await writer.FlushAsync().Soon();
        Assert.Equal("a line", await reader.ReadLineAsync().Soon());
    }

    [Fact]
    public async Task A_pending_read_can_be_cancelled_and_loses_nothing()
    {
        var pair = await Connected();
        var read = pair.Far.Input.ReadAsync().AsTask();
        pair.Far.Input.CancelPendingRead();
        var cancelled = await read.Soon();
        Assert.True(cancelled.IsCanceled);
        pair.Far.Input.AdvanceTo(cancelled.Buffer.Start, cancelled.Buffer.End);

        pair.Far.Input.CancelPendingRead();
        cancelled = await pair.Far.Input.ReadAsync().Soon();
        Assert.True(cancelled.IsCanceled);
        pair.Far.Input.AdvanceTo(cancelled.Buffer.Start);

        await pair.Near.Output.WriteAsync("x"u8.ToArray()).Soon();
        Assert.Equal("x"u8.ToArray(), await pair.Far.Input.Take(1));
    }

    [Fact]
    public async Task A_read_can_be_cancelled_by_a_token_and_loses_nothing()
    {
        var pair = await Connected();
        using var source = new CancellationTokenSource();
        var read = pair.Far.Input.ReadAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Soon());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => pair.Far.Input.ReadAsync(source.Token).AsTask().Soon());
        await pair.Near.Output.WriteAsync("x"u8.ToArray()).Soon();
        Assert.Equal("x"u8.ToArray(), await pair.Far.Input.Take(1));
    }

    [Fact]
    public async Task A_token_that_trips_after_its_read_ended_touches_no_later_read()
    {
        var pair = await Connected();
        using var source = new CancellationTokenSource();
        var read = pair.Far.Input.ReadAsync(source.Token).AsTask();
        await pair.Near.Output.WriteAsync("x"u8.ToArray()).Soon();
        pair.Far.Input.AdvanceTo((await read.Soon()).Buffer.End);
        var later = pair.Far.Input.ReadAsync().AsTask();
        await source.CancelAsync();
        Assert.True(await later.IsStuck());
    }

    [Fact]
    public async Task A_pending_flush_can_be_cancelled_and_its_bytes_are_accepted_all_the_same()
    {
        var pair = await Connected(server: Options with { SendBuffer = 1000 });
        using var source = new CancellationTokenSource();
        var flush = await Stall(pair.Server, pair.Far);
        pair.Far.Output.CancelPendingFlush();
        Assert.True((await flush.Soon()).IsCanceled);
        flush = pair.Far.Output.FlushAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.Soon());

        await pair.Far.Output.CompleteAsync();
        Assert.Equal(pair.Far.WrittenPosition, (await pair.Near.Input.TakeAll()).LongLength);
    }

    [Fact]
    public async Task Misuse_is_told_at_once()
    {
        var pair = await Connected();
        Assert.Throws<InvalidOperationException>(() => pair.Far.Input.AdvanceTo(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Far.Output.Advance(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Far.Output.GetMemory(-1));
        var pending = pair.Far.Input.ReadAsync().AsTask();
        Assert.Throws<InvalidOperationException>(() => pair.Far.Input.TryRead(out _));
        await pair.Near.Output.WriteAsync(Pattern(10)).Soon();
        var open = await pending.Soon();
        Assert.Throws<InvalidOperationException>(() => pair.Far.Input.TryRead(out _));
        Assert.Throws<ArgumentException>(() => pair.Far.Input.AdvanceTo(open.Buffer.End, open.Buffer.Start));

        await pair.Far.Output.WriteAsync(Pattern(10)).Soon();
        var foreign = await pair.Near.Input.ReadAsync().Soon();
        Assert.Throws<ArgumentException>(() => pair.Far.Input.AdvanceTo(foreign.Buffer.End));
        pair.Far.Input.AdvanceTo(open.Buffer.End);
    }

    [Fact]
    public async Task A_piece_larger_than_a_block_can_be_written_in_place()
    {
        var pair = await Connected();
        var size = Options.Blocks.BlockSize * 3;
        Pattern(size).CopyTo(pair.Near.Output.GetSpan(size));
        pair.Near.Output.Advance(size);
        Assert.Equal(size, pair.Near.Output.UnflushedBytes);
        await pair.Near.Output.FlushAsync().Soon();
        Assert.Equal(0, pair.Near.Output.UnflushedBytes);
        Assert.Equal(Pattern(size), await pair.Far.Input.Take(size));
    }

    [Fact]
    public async Task A_commit_consumes_and_publishes_or_does_neither()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("ask"u8.ToArray()).Soon();
        var ask = await pair.Far.Input.ReadAtLeastAsync(3).Soon();
        pair.Far.Output.Write("answer"u8);
        await pair.Far.CommitAsync(ask.Buffer.End, ask.Buffer.End).Soon();
        Assert.Equal((3, 6), (pair.Far.ConsumedPosition, pair.Far.WrittenPosition));
        Assert.Equal("answer"u8.ToArray(), await pair.Near.Input.Take(6));

        await pair.Near.Output.WriteAsync("ask"u8.ToArray()).Soon();
        ask = await pair.Far.Input.ReadAtLeastAsync(3).Soon();
        pair.Far.Output.Write("answer"u8);
        pair.Server.Tear();
        Assert.Equal(ResultCode.EESECURITY, await Reading.CodeOf(
            () => pair.Far.CommitAsync(ask.Buffer.End, ask.Buffer.End).AsTask()));
        var next = pair.Server.Lease(2);
        Assert.Equal((3, 6), (next.ConsumedPosition, next.WrittenPosition));
        Assert.Equal("ask"u8.ToArray(), await next.Input.Take(3));
    }
}
