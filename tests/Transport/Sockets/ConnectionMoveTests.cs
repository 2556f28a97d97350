using System.Buffers;
using System.IO.Pipelines;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Sockets;

public sealed class ConnectionMoveTests(ITestOutputHelper output)
{
    private const int Moves = 200;
    private const int MostAtOnce = 50_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_byte_arrives_once_both_ways_whatever_the_byte_at_which_a_connection_stops(bool durable)
    {
        var seed = Environment.GetEnvironmentVariable("HANDOFF_TEST_SEED") is { } given
            ? int.Parse(given)
            : Environment.TickCount;
        output.WriteLine($"HANDOFF_TEST_SEED={seed}");
        var random = new Random(seed);
        await using var live = await LiveConnection.OpenAsync();
        live.Connection.SetDurable(durable);
        live.Connection.Start();
        using var over = new CancellationTokenSource();
        var sending = SendAsync(live, over.Token);
        var receiving = ReceiveAsync(live);
        var epoch = 1;
        var lease = live.Connection.Lease(epoch);
        for (var move = 0; move < Moves; move++)
        {
            await ReadAsync(lease, random.Next(1, MostAtOnce));
            await WriteAsync(lease, random.Next(1, MostAtOnce));
            Assert.True(live.Connection.Offer(default).IsSuccess);
            var (detached, result) = await live.Connection.DetachAsync(default);
            Assert.True(result.IsSuccess, result.ToString());
            Assert.Equal((lease.ConsumedPosition, lease.WrittenPosition), (detached!.Consumed, detached.Written));
            if (random.Next(2) == 0)
            {
                live.Connection.GoOn();
                live.Connection.Resume();
                continue;
            }

            live.MoveTo(detached);
            live.Connection.SetDurable(durable);
            live.Connection.Start();
            lease = live.Connection.Lease(++epoch);
        }

        await over.CancelAsync();
        while (!sending.IsCompleted) await ReadAsync(lease, 1);
        await ReadAsync(lease, (int)(await sending - lease.ConsumedPosition));
        await lease.Output.CompleteAsync();
        Assert.Equal(lease.WrittenPosition, await receiving);
    }

    [Fact]
    public async Task A_connection_in_use_does_not_stop()
    {
        await using var live = await LiveConnection.OpenAsync();
        live.Connection.Start();
        live.Connection.Lease(1);
        Assert.Equal(ResultCode.EEBUSY, (await live.Connection.DetachAsync(default)).Result.Code);
    }

    [Fact]
    public async Task A_connection_stops_once_at_a_time()
    {
        await using var live = await OfferedAsync();
        var first = await live.Connection.DetachAsync(default);
        Assert.NotNull(first.Connection);
        Assert.Equal(ResultCode.EEALREADY, (await live.Connection.DetachAsync(default)).Result.Code);
        live.Connection.GoOn();
        Assert.NotNull((await live.Connection.DetachAsync(default)).Connection);
    }

    [Fact]
    public async Task A_closed_connection_has_nothing_to_stop()
    {
        await using var live = await OfferedAsync();
        live.Connection.Close();
        Assert.Equal(ResultCode.EEBADF, (await live.Connection.DetachAsync(default)).Result.Code);
    }

    [Fact]
    public async Task A_socket_of_another_engine_does_not_leave_its_process()
    {
        var connection = new SocketConnection(
            new ScriptedSocket(), new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline));
        Assert.Equal(ResultCode.EEMODENOTSUPP, (await connection.DetachAsync(default)).Result.Code);
        Assert.Equal(ResultCode.EEMODENOTSUPP, connection.SetDurable(true).Code);
    }

    [Fact]
    public async Task What_nobody_took_is_ended_by_a_FIN_although_a_copy_is_left()
    {
        await using var live = await OfferedAsync();
        var (detached, _) = await live.Connection.DetachAsync(default);
        using var copy = LiveConnection.CopyOf(detached!.Descriptor!);
        live.Connection.GoOn();
        live.Connection.Close();
        Assert.Equal(0, await live.Peer.ReceiveAsync(new byte[1]).WaitAsync(LiveConnection.Patience));
    }

    [Fact]
    public async Task What_nobody_took_is_reset_at_once_although_a_copy_is_left()
    {
        await using var live = await OfferedAsync();
        var (detached, _) = await live.Connection.DetachAsync(default);
        using var copy = LiveConnection.CopyOf(detached!.Descriptor!);
        live.Connection.GoOn();
        live.Connection.Abort(SocketResult.Of(ResultCode.EEABORTED));
        var gone = await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(
            () => live.Peer.ReceiveAsync(new byte[1]).WaitAsync(LiveConnection.Patience));
        Assert.Equal(System.Net.Sockets.SocketError.ConnectionReset, gone.SocketErrorCode);
    }

    [Fact]
    public async Task An_abort_while_it_is_lent_does_nothing_to_the_connection()
    {
        await using var live = await OfferedAsync();
        var (detached, _) = await live.Connection.DetachAsync(default);
        using var copy = LiveConnection.CopyOf(detached!.Descriptor!);
        live.Connection.Abort(SocketResult.Of(ResultCode.EEABORTED));
        live.Connection.Leave();
        await live.Connection.Completion.WaitAsync(LiveConnection.Patience);
        live.Adopt(LiveConnection.CopyOf(copy), detached with { Descriptor = null });
        live.Connection.Start();
        await live.Connection.Lease(1).Output.WriteAsync("on"u8.ToArray());
        Assert.Equal("on", await live.ReceiveAsync(2));
    }

    [Fact]
    public async Task An_abort_while_it_is_lent_is_carried_out_if_the_connection_stays()
    {
        await using var live = await OfferedAsync();
        var (detached, _) = await live.Connection.DetachAsync(default);
        using var copy = LiveConnection.CopyOf(detached!.Descriptor!);
        live.Connection.Abort(SocketResult.Of(ResultCode.EEABORTED));
        live.Connection.GoOn();
        var gone = await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(
            () => live.Peer.ReceiveAsync(new byte[1]).WaitAsync(LiveConnection.Patience));
        Assert.Equal(System.Net.Sockets.SocketError.ConnectionReset, gone.SocketErrorCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_stands_before_the_peers_FIN_is_read_where_the_connection_goes(bool durable)
    {
        await using var live = await LiveConnection.OpenAsync();
        live.Connection.SetDurable(durable);
        live.Connection.Start();
        var lease = live.Connection.Lease(1);
        await live.Peer.SendAsync("last"u8.ToArray());
        live.Peer.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var read = await lease.Input.ReadAsync().AsTask().WaitAsync(LiveConnection.Patience);
        while (!read.IsCompleted)
        {
            lease.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await lease.Input.ReadAsync().AsTask().WaitAsync(LiveConnection.Patience);
        }

        lease.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        await MoveOfferedAsync(live);
        Assert.Equal("last", await ReadToEndAsync(live.Connection.Lease(2)));
    }

    [Fact]
    public async Task A_connection_that_is_over_both_ways_goes_without_being_taken_for_a_reset_one()
    {
        await using var live = await LiveConnection.OpenAsync();
        live.Connection.Start();
        var lease = live.Connection.Lease(1);
        await live.Peer.SendAsync("last"u8.ToArray());
        live.Peer.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        await lease.Output.CompleteAsync();
        Assert.Equal(0, await live.Peer.ReceiveAsync(new byte[1]).WaitAsync(LiveConnection.Patience));
        await MoveOfferedAsync(live);
        Assert.Equal("last", await ReadToEndAsync(live.Connection.Lease(2)));
        live.Connection.Close();
        Assert.True((await live.Connection.Completion.WaitAsync(LiveConnection.Patience)).IsSuccess);
    }

    private static async Task MoveOfferedAsync(LiveConnection live)
    {
        Assert.True(live.Connection.Offer(default).IsSuccess);
        var (detached, result) = await live.Connection.DetachAsync(default);
        Assert.True(result.IsSuccess, result.ToString());
        live.MoveTo(detached!);
        live.Connection.Start();
    }

    private static async Task<string> ReadToEndAsync(SocketLease lease)
    {
        var read = await lease.Input.ReadAsync().AsTask().WaitAsync(LiveConnection.Patience);
        while (!read.IsCompleted)
        {
            lease.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await lease.Input.ReadAsync().AsTask().WaitAsync(LiveConnection.Patience);
        }

        return System.Text.Encoding.ASCII.GetString(read.Buffer.ToArray());
    }

    private static async Task<LiveConnection> OfferedAsync()
    {
        var live = await LiveConnection.OpenAsync();
        live.Connection.Start();
        live.Connection.Lease(1);
        Assert.True(live.Connection.Offer(default).IsSuccess);
        return live;
    }

    private static byte At(long position) => (byte)((position * 31) ^ (position >> 8));

    private static async Task ReadAsync(SocketLease lease, int count)
    {
        while (count > 0)
        {
            var read = await lease.Input.ReadAsync().AsTask().WaitAsync(LiveConnection.Patience);
            var some = read.Buffer.Slice(0, Math.Min(count, read.Buffer.Length));
            var position = lease.ConsumedPosition;
            foreach (var part in some)
            {
                foreach (var value in part.Span) Assert.Equal(At(position++), value);
            }

            count -= (int)some.Length;
            lease.Input.AdvanceTo(some.End, some.End);
        }
    }

    // Accepted, and for the most part not sent: the peer may be slow.
    private static async Task WriteAsync(SocketLease lease, int count)
    {
        var position = lease.WrittenPosition;
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = At(position + i);
        await lease.Output.WriteAsync(bytes).AsTask().WaitAsync(LiveConnection.Patience);
    }

    private static async Task<long> SendAsync(LiveConnection live, CancellationToken over)
    {
        var bytes = new byte[8192];
        var position = 0L;
        while (!over.IsCancellationRequested)
        {
            for (var i = 0; i < bytes.Length; i++) bytes[i] = At(position + i);
            for (var rest = bytes.AsMemory(); !rest.IsEmpty;)
                rest = rest[await live.Peer.SendAsync(rest, CancellationToken.None)..];
            position += bytes.Length;
        }

        return position;
    }

    private static async Task<long> ReceiveAsync(LiveConnection live)
    {
        var bytes = new byte[5000];
        var position = 0L;
        int got;
        while ((got = await live.Peer.ReceiveAsync(bytes.AsMemory()).AsTask().WaitAsync(LiveConnection.Patience)) > 0)
        {
            for (var i = 0; i < got; i++) Assert.Equal(At(position++), bytes[i]);
        }

        return position;
    }
}
