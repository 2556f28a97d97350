using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Tests.Sockets;

public sealed class DurableReadsTests
{
    [Fact]
    public async Task What_was_read_and_not_consumed_is_read_again_after_a_crash_and_what_was_consumed_is_not()
    {
        await using var live = await LiveConnection.OpenAsync();
        live.Connection.SetDurable(true);
        live.Connection.Start();
        var lease = live.Connection.Lease(1);
        await live.Peer.SendAsync("one two three"u8.ToArray());
        Assert.Equal("one ", await ReadAsync(lease, 4));
        var seen = await lease.Input.ReadAtLeastAsync(9).AsTask().WaitAsync(LiveConnection.Patience);
        Assert.Equal("two three", Encoding.ASCII.GetString(seen.Buffer));
        lease.Input.AdvanceTo(seen.Buffer.Start, seen.Buffer.End);
        await lease.Output.WriteAsync("answer"u8.ToArray());
        Assert.Equal("answer", await live.ReceiveAsync(6));
        await live.CrashAsync(KernelPositions.Of);
        live.Connection.SetDurable(true);
        live.Connection.Start();
        lease = live.Connection.Lease(1);
        Assert.Equal((4L, 6L), (lease.ConsumedPosition, lease.WrittenPosition));
        Assert.Equal("two three", await ReadAsync(lease, 9));
        await live.Peer.SendAsync(" four"u8.ToArray());
        Assert.Equal(" four", await ReadAsync(lease, 5));
    }

    [Fact]
    public async Task A_position_after_the_peers_FIN_does_not_count_the_FIN()
    {
        await using var live = await LiveConnection.OpenAsync();
        live.Connection.SetDurable(true);
        live.Connection.Start();
        var lease = live.Connection.Lease(1);
        await live.Peer.SendAsync("abcdef"u8.ToArray());
        live.Peer.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal("abc", await ReadAsync(lease, 3));
        var read = await lease.Input.ReadAsync().AsTask().WaitAsync(LiveConnection.Patience);
        while (!read.IsCompleted)
        {
            lease.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await lease.Input.ReadAsync().AsTask().WaitAsync(LiveConnection.Patience);
        }

        lease.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        await live.CrashAsync(KernelPositions.Of);
        live.Connection.Start();
        lease = live.Connection.Lease(1);
        Assert.Equal(3, lease.ConsumedPosition);
        Assert.Equal("def", await ReadAsync(lease, 3));
        Assert.True((await lease.Input.ReadAsync()).IsCompleted);
    }

    [Fact]
    public async Task An_owner_that_waits_for_more_than_the_bound_has_its_connection_closed_with_a_code()
    {
        await using var live = await LiveConnection.OpenAsync(new ConnectionOptions(
            PipeScheduler.ThreadPool, PipeScheduler.Inline) { DurableBuffer = 1000 });
        live.Connection.SetDurable(true);
        live.Connection.Start();
        var lease = live.Connection.Lease(1);
        await live.Peer.SendAsync(new byte[5000]);
        var gone = await Assert.ThrowsAsync<SocketFailedException>(
            () => lease.Input.ReadAtLeastAsync(100_000).AsTask().WaitAsync(LiveConnection.Patience));
        Assert.Equal(ResultCode.EEMSGSIZE, gone.Code);
        Assert.Equal(ResultCode.EEMSGSIZE, (await live.Connection.Completion).Code);
    }

    [Fact]
    public async Task An_owner_that_consumes_reads_on_for_ever_within_the_bound()
    {
        await using var live = await LiveConnection.OpenAsync(new ConnectionOptions(
            PipeScheduler.ThreadPool, PipeScheduler.Inline) { DurableBuffer = 1000 });
        live.Connection.SetDurable(true);
        live.Connection.Start();
        var lease = live.Connection.Lease(1);
        var sending = live.Peer.SendAsync(new byte[500_000]);
        for (var left = 500_000; left > 0; left -= 500) await ReadAsync(lease, 500);
        Assert.Equal(500_000, await sending);
    }

    [Fact]
    public async Task Without_them_what_was_received_stays_and_with_them_on_again_what_comes_is_in_the_system()
    {
        await using var live = await LiveConnection.OpenAsync();
        live.Connection.SetDurable(true);
        live.Connection.Start();
        var lease = live.Connection.Lease(1);
        await live.Peer.SendAsync("abc"u8.ToArray());
        Assert.Equal("a", await ReadAsync(lease, 1));
        live.Connection.SetDurable(false);
        await live.Peer.SendAsync("def"u8.ToArray());
        Assert.Equal("bcdef", await ReadAsync(lease, 5));
        Assert.Equal((6L, 0L), KernelPositions.Of(live.Socket.Number));
        live.Connection.SetDurable(true);
        await live.Peer.SendAsync("ghi"u8.ToArray());
        var seen = await lease.Input.ReadAtLeastAsync(3).AsTask().WaitAsync(LiveConnection.Patience);
        lease.Input.AdvanceTo(seen.Buffer.GetPosition(1), seen.Buffer.End);
        Assert.Equal((7L, 0L), KernelPositions.Of(live.Socket.Number));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_are_seen_once_and_taken_later_whether_the_system_keeps_the_place_or_not(bool keepsPlace)
    {
        await using var live = await LiveConnection.OpenAsync();
        var reads = new DurableReads(Native.FamilyIPv4, keepsPlace);
        var number = live.Socket.Number;
        reads.Begin(number, 1000);
        var all = new StringBuilder();
        var consumed = 0;
        var buffer = new byte[7];
        for (var i = 0; i < 200; i++)
        {
            await live.Peer.SendAsync(Encoding.ASCII.GetBytes($"{i:d4}"));
            await live.Socket.WaitReadableAsync().AsTask().WaitAsync(LiveConnection.Patience);
            for (nint got; (got = reads.Receive(number, buffer, out _)) > 0;)
                all.Append(Encoding.ASCII.GetString(buffer, 0, (int)got));
            if (i % 3 != 0) continue;
            reads.Discard(number, all.Length - consumed - 1);
            consumed = all.Length - 1;
        }

        live.Peer.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal(string.Concat(Enumerable.Range(0, 200).Select(i => $"{i:d4}"))[..all.Length], all.ToString());
        Assert.Equal(consumed, KernelPositions.Of(number).Consumed);
    }

    private static async Task<string> ReadAsync(SocketLease lease, int count)
    {
        var read = await lease.Input.ReadAtLeastAsync(count).AsTask().WaitAsync(LiveConnection.Patience);
        var text = Encoding.ASCII.GetString(read.Buffer.Slice(0, count));
        lease.Input.AdvanceTo(read.Buffer.GetPosition(count));
        return text;
    }
}
