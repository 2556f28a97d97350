using System.Diagnostics;
using System.IO.Pipelines;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Splices;

public sealed class SpliceFlowTests(ITestOutputHelper output)
{
    private const int Warm = 200;
    private const int Measured = 5_000;

    // Zero is what is measured.
    private const double BytesPerMessage = 0.5;

    private readonly Relay _relay = new();

    [Fact]
    public void A_server_that_does_not_read_holds_the_client_back()
    {
        _relay.Splice();
        _relay.Write(_relay.Client, new byte[1_000_000]);
        Assert.InRange(_relay.Far.Status.Unsent, Relay.SendBuffer / 2, Relay.SendBuffer);
        Assert.InRange(_relay.Near.Status.Unread, Relay.ReceiveBuffer, Relay.ReceiveBuffer + (4 * Relay.Block));
        Assert.True(_relay.ClientSide.Status.Unsent > 600_000);
        var got = 0;
        for (var some = -1; some != 0; got += some) some = _relay.Read(_relay.Server).Length;
        Assert.Equal(1_000_000, got);
    }

    [Fact]
    public void What_is_dissolved_under_pressure_is_in_one_place_only()
    {
        var link = _relay.Splice();
        var bytes = Bytes(new Random(1), 20_000);
        _relay.Write(_relay.Client, bytes);
        link.End(SpliceEnd.Unspliced, SocketResult.Success);
        List<byte> theirs = [], mine = [];
        for (var i = 0; i < 100; i++)
        {
            theirs.AddRange(_relay.Read(_relay.Server));
            mine.AddRange(_relay.Read(_relay.NearLease));
        }

        Assert.Equal(_relay.Ended[0].There, theirs.Count);
        Assert.Equal(bytes, theirs.Concat(mine));
    }

    [Fact]
    public void When_it_is_over_every_block_is_idle()
    {
        for (var round = 0; round < 10; round++)
        {
            var link = _relay.Splice();
            _relay.Write(_relay.Client, new byte[2_500]);
            _relay.Write(_relay.Server, new byte[2_500]);
            for (var i = 0; i < 10; i++)
            {
                _relay.Read(_relay.Server);
                _relay.Read(_relay.Client);
            }

            link.End(SpliceEnd.Unspliced, SocketResult.Success);
        }

        Assert.True(_relay.Options.Blocks.MadeCount > 0);
        Assert.Equal(_relay.Options.Blocks.MadeCount, _relay.Options.Blocks.IdleCount);
    }

    // Each send that ends makes room for the next one: sent from within the last one's end they would never return.
    [Fact]
    public void Sends_that_end_at_once_do_not_nest_however_many_there_are()
    {
        const int SendBuffer = 1_000;
        var inline = new ConnectionOptions(PipeScheduler.Inline, PipeScheduler.Inline) { SendBuffer = SendBuffer };
        var never = new TaskCompletionSource<IoResult>();
        var coming = 1_000 * SendBuffer;
        var near = new SocketConnection(
            new ScriptedSocket
            {
                WaitReadable = () => new(coming > 0 ? Task.FromResult(IoResult.Moved(0)) : never.Task),
                Receive = memory =>
                {
                    var count = Math.Min(coming, memory.Length);
                    coming -= count;
                    return new(IoResult.Moved(count));
                },
            },
            inline);
        var (sent, deepest) = (0L, 0);
        var far = new SocketConnection(
            new ScriptedSocket
            {
                Send = bytes =>
                {
                    sent += bytes.Length;
                    deepest = Math.Max(deepest, new StackTrace().FrameCount);
                    return new(IoResult.Moved((int)bytes.Length));
                },
            },
            inline);
        near.Start();
        far.Start();
        near.Lease(1);
        far.Lease(1);
        var here = new StackTrace().FrameCount;
        var (link, result) = SpliceLink.Join(near, far, new SpliceTerms(true, long.MaxValue, long.MaxValue), _relay);
        Assert.True(result.IsSuccess, result.ToString());
        link!.Start();
        Assert.Equal((0, 1_000L * SendBuffer), (coming, sent));
        Assert.InRange(deepest - here, 1, 60);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(3_000)]
    public void A_message_that_is_relayed_allocates_nothing(int size)
    {
        _relay.Splice();
        var pause = new Waiter<int>(_relay.Turns);
        var sending = SendAndReceive(new byte[size], pause);
        GoOn(pause, Warm);
        var allocated = Allocated.Least(() => GoOn(pause, Measured));
        Assert.InRange(allocated / (double)Measured, 0, BytesPerMessage);
        Assert.Equal((Warm + (Allocated.Rounds * Measured)) * (long)size, _relay.ServerSide.Status.BytesReceived);
        GoOn(pause, 0);
        Assert.True(sending.IsCompletedSuccessfully, sending.Exception?.ToString());
    }

    [Fact]
    public void Whenever_it_is_dissolved_and_spliced_again_no_byte_is_lost_doubled_or_moved()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var bytes = Bytes(random, 300_000);
        List<byte> got = [];
        var sent = 0;
        SpliceLink? link = null;
        var flush = Task.CompletedTask;
        for (var step = 0; got.Count < bytes.Length; step++)
        {
            Assert.True(step < 100_000, "it never ends");
            switch (random.Next(6))
            {
                case 0 when link is null && flush.IsCompleted:
                    link = _relay.Splice(there: random.Next(1, 20_000));
                    break;
                case 1: link?.End(SpliceEnd.Unspliced, SocketResult.Success); break;
                case 2 when link is null && flush.IsCompleted:
                    // By hand: the owner is a relay, too.
                    var mine = _relay.Read(_relay.NearLease);
                    if (mine.Length > 0) flush = _relay.FarLease.Output.WriteAsync(mine).AsTask();
                    break;
                case 3: got.AddRange(_relay.Read(_relay.Server)); break;
                default:
                    var count = Math.Min(random.Next(2_000), bytes.Length - sent);
                    _relay.Write(_relay.Client, bytes[sent..(sent + count)]);
                    sent += count;
                    break;
            }

            _relay.Turns.RunAll();
            if (link is not null && _relay.Ended.Count > 0) link = null;
            _relay.Ended.Clear();
        }

        Assert.Equal(bytes, got);
    }

    private void GoOn(Waiter<int> pause, int count)
    {
        Assert.True(pause.IsWaiting);
        pause.Resolve(count);
        pause.Fire();
        _relay.Turns.RunAll(int.MaxValue);
    }

    private async Task SendAndReceive(byte[] message, Waiter<int> pause)
    {
        while (true)
        {
            pause.Arm();
            var count = await pause.Armed.ConfigureAwait(false);
            if (count == 0) return;
            for (var i = 0; i < count; i++)
            {
                await _relay.Client.Output.WriteAsync(message).ConfigureAwait(false);
                for (var left = (long)message.Length; left > 0;)
                {
                    var result = await _relay.Server.Input.ReadAsync().ConfigureAwait(false);
                    left -= result.Buffer.Length;
                    _relay.Server.Input.AdvanceTo(result.Buffer.End);
                }
            }
        }
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
